import { constants } from 'node:fs'
import { access, copyFile, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../native-workers/contract/errors.js'
import { projectFrom } from '../../native-workers/contract/project/migrations.js'
import type { ProjectFile } from '../../native-workers/contract/project/project.js'

export const documentName = 'project.json'
export const previousName = 'project.previous.json'

export interface ReadProject {
  readonly file: ProjectFile
  /** The document was damaged; this is the state before the last save. */
  readonly isPrevious: boolean
}

/**
 * Reads a folder's project. A document that can't be read falls back on the one before; one that a newer program
 * wrote does not, since going on with an older state would lose what was done there.
 */
export async function readProject(folder: string): Promise<ReadProject> {
  try {
    return { file: await readDocument(join(folder, documentName)), isPrevious: false }
  } catch (error) {
    if (error instanceof UserError && error.code === 'format-unsupported') throw error
    const previous = await readDocument(join(folder, previousName)).catch(() => null)
    if (previous === null) throw error
    return { file: previous, isPrevious: true }
  }
}

async function readDocument(path: string): Promise<ProjectFile> {
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch {
    throw new UserError(
      'file-not-found',
      `There is no project that can be read: "${path}".`,
      `Choose the folder that holds ${documentName}.`,
    )
  }
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch {
    throw new UserError('format-unknown', `"${path}" is damaged: it does not hold JSON.`)
  }
  return projectFrom(document)
}

/** Writes the document so that after a crash either the old or the new state is whole on the disk. */
export async function writeProject(folder: string, file: ProjectFile): Promise<void> {
  const path = join(folder, documentName)
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeThrough(temporary, `${JSON.stringify(file, null, 2)}\n`)
    await copyFile(path, join(folder, previousName)).catch(() => undefined)
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    const detail = error instanceof Error ? error.message : String(error)
    throw new UserError(
      'output-unwritable',
      `The project could not be saved: ${detail}.`,
      'The state in the window is kept; it is tried again with the next change.',
    )
  }
}

async function writeThrough(path: string, content: string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes the renaming itself last; systems that can't sync a folder keep it in their own journal. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

export function hasDocument(folder: string): Promise<boolean> {
  return access(join(folder, documentName)).then(
    () => true,
    () => false,
  )
}

export function canWriteIn(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}
