import { randomUUID } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { UserError } from '../../native-workers/contract/errors.js'
import {
  mapProjectPaths,
  pathsOfProject,
  type ProjectPathKind,
} from '../../native-workers/contract/project/project-paths.js'
import type { FileFacts, Project, ProjectFile } from '../../native-workers/contract/project/project.js'
import { version } from '../../native-workers/contract/version.js'
import type { OpenedProject, ProjectNote } from '../../native-workers/contract/window/projects.js'
import type { AllowedPaths } from '../paths/allowed-paths.js'
import { adoptSessionFiles } from './adopt-session-files.js'
import { factsOf, hasChanged } from './file-facts.js'
import { newProject } from './new-project.js'
import { canWriteIn, hasDocument, readProject, writeProject } from './project-document.js'
import { ProjectLock } from './project-lock.js'
import { placesOfResult, resultFileOf } from './result-files.js'
import { isTooWide, pathFromStored, storedPath } from './stored-paths.js'

/** Folders that the program itself goes on writing in. */
const growing: ReadonlySet<ProjectPathKind> = new Set<ProjectPathKind>(['results', 'training-folder'])

interface Held {
  readonly folder: string
  /** Null: the project is open for reading only. */
  readonly lock: ProjectLock | null
  files: Readonly<Record<string, FileFacts>>
}

/** The one project that is open: its lock, its document, and what the window may read because of it. */
export class ProjectKeeper {
  private held: Held | null = null
  private writing: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly allowedPaths: AllowedPaths,
    /** The folder of this start, whose files do not outlast it. */
    private readonly sessionFolder: string,
  ) {}

  get folder(): string | null {
    return this.held?.folder ?? null
  }

  /** Begins a project in a folder that the person chose; the project that was open is closed. */
  async create(chosen: string): Promise<OpenedProject> {
    const folder = resolve(chosen)
    if (await hasDocument(folder)) {
      throw new UserError(
        'output-exists',
        `"${folder}" already holds a project.`,
        'Open it, or choose another folder.',
      )
    }
    const project: Project = newProject(basename(folder), randomUUID)
    await writeProject(folder, { ...project, files: {} })
    return this.open(folder)
  }

  async open(chosen: string): Promise<OpenedProject> {
    const folder = resolve(chosen)
    if (folder === this.held?.folder) return this.read(this.held, [])
    // Read first: a project that can't be opened leaves the present one as it is.
    await readProject(folder)
    await this.close()
    const attempt = ProjectLock.take(folder)
    const notes: ProjectNote[] = []
    if (attempt.kind === 'held') notes.push({ kind: 'open-elsewhere', host: attempt.host })
    if (attempt.kind === 'unwritable') notes.push({ kind: 'folder-read-only' })
    if (attempt.kind === 'locked' && attempt.replacedLeftOver) notes.push({ kind: 'not-closed' })
    this.held = { folder, lock: attempt.kind === 'locked' ? attempt.lock : null, files: {} }
    return this.read(this.held, notes)
  }

  /** The open project as it was saved last; null when none is open. */
  async current(): Promise<OpenedProject | null> {
    await this.writing
    return this.held === null ? null : this.read(this.held, [])
  }

  /** Writes the whole state. What it names must be open already: a project opens its files for the next time. */
  save(project: Project): Promise<Project> {
    const done = this.writing.then(() => this.write(project))
    this.writing = done.catch(() => undefined)
    return done
  }

  /** Once everything that was asked to be saved is on the disk. */
  async settled(): Promise<void> {
    await this.writing
  }

  async close(): Promise<void> {
    await this.writing
    this.release()
  }

  /** Without waiting, for the end of the program. */
  release(): void {
    this.held?.lock?.release()
    this.held = null
  }

  private async write(given: Project): Promise<Project> {
    const { held } = this
    if (held === null) throw new UserError('output-unwritable', 'No project is open.')
    if (held.lock === null) throw new UserError('output-unwritable', 'The project is open for reading only.')
    if (!held.lock.isOurs()) {
      throw new UserError(
        'output-unwritable',
        'Another program has taken over the project; nothing more is saved here.',
        'Close it there, and open it here again.',
      )
    }
    for (const { path, kind } of pathsOfProject(given)) {
      this.allowedPaths.assertInput(kind === 'results' ? resultFileOf(path) : path)
    }
    const project = await adoptSessionFiles(this.sessionFolder, held.folder, {
      ...given,
      version,
      changed: new Date().toISOString(),
    })
    held.files = await this.factsOfAll(held, project)
    await writeProject(held.folder, {
      ...mapProjectPaths(project, (path) => storedPath(held.folder, path)),
      files: held.files,
    })
    return project
  }

  /** A file that is out of reach now keeps the facts that were known of it. */
  private async factsOfAll(held: Held, project: Project): Promise<Record<string, FileFacts>> {
    const facts: Record<string, FileFacts> = {}
    for (const { path } of pathsOfProject(project)) {
      const stored = storedPath(held.folder, path)
      const found = (await factsOf(path)) ?? held.files[stored]
      if (found !== undefined) facts[stored] = found
    }
    return facts
  }

  private async read(held: Held, found: readonly ProjectNote[]): Promise<OpenedProject> {
    const { file, isPrevious } = await readProject(held.folder)
    const { files, ...stored } = file
    held.files = files
    const notes: ProjectNote[] = [...found]
    if (isPrevious) notes.push({ kind: 'previous-state' })
    const project = mapProjectPaths<Project>(stored, (path) => pathFromStored(held.folder, path))
    notes.push(...(await this.allow(held.folder, project, files)))
    const isWritable = held.lock !== null && (await canWriteIn(held.folder))
    return { folder: held.folder, project, isWritable, notes }
  }

  /** Opens the folder and the files that the project names; tells which are gone or other than they were. */
  private async allow(folder: string, project: Project, files: ProjectFile['files']): Promise<ProjectNote[]> {
    this.allowedPaths.allowOutputFolder(folder)
    const notes: ProjectNote[] = []
    for (const { path, kind } of pathsOfProject(project)) {
      const stored = storedPath(folder, path)
      const own = kind === 'results' ? resultFileOf(path) : path
      const found = isTooWide(own) ? null : await factsOf(own)
      const places = kind === 'results' ? await placesOfResult(path) : isTooWide(path) ? [] : [path]
      for (const place of places) this.allowedPaths.allowInput(place)
      const known = files[stored]
      if (found === null)
        notes.push({ kind: 'missing', path, pathKind: kind, isFolder: known?.sizeBytes === null })
      else if (known !== undefined && !growing.has(kind) && hasChanged(stored, known, found)) {
        notes.push({ kind: 'changed', path })
      }
    }
    return notes
  }
}
