import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { mapProjectPaths, mapXray } from '../../native-workers/contract/project/project-paths.js'
import type { Project } from '../../native-workers/contract/project/project.js'
import type { OpenedProject, ProjectNote } from '../../native-workers/contract/window/projects.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { resultFileOf } from '../results/result-entry.js'
import { useResultsStore } from '../results/results-store.js'
import { useLabelJournalStore } from '../segmentation/journal-store.js'
import { folderOf, isInside } from '../steps/shared/paths.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { useRegistrationSettingsStore } from '../stores/registration-settings.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useUnsavedStore } from '../stores/unsaved.js'
import { useVolumeStore } from '../stores/volume.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { useXraysStore } from '../stores/xrays.js'
import { text } from '../text/en.js'
import { useTrainingStore } from '../training/training-store.js'
import { useAutosave } from './autosave.js'
import { noteSentence } from './note-sentence.js'
import { pictureArea } from './picture-area.js'
import { captured, isEmptySession, nothingUnopened, type Unopened } from './session.js'
import { useWindowSession } from './window-session.js'

export type ProjectState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'open'; readonly folder: string; readonly isWritable: boolean }

export type MissingFile = Extract<ProjectNote, { kind: 'missing' }>

/** The open project: restores the session when it opens, and captures it as it goes. */
export const useProjectStore = defineStore('project', () => {
  const messages = useMessagesStore()
  const outputFolder = useOutputFolderStore()
  const registration = useRegistrationStore()
  const results = useResultsStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const workflow = useWorkflowStore()
  const unsaved = useUnsavedStore()
  const journal = useLabelJournalStore()
  const [settings, trainings] = [useRegistrationSettingsStore(), useTrainingStore()]
  const { session, clear, restore, retry } = useWindowSession()

  const state = shallowRef<ProjectState>({ kind: 'none' })
  /** As it was opened or saved last; the session's part of it is captured anew at every save. */
  const project = shallowRef<Project | null>(null)
  const missing = shallowRef<readonly MissingFile[]>([])
  const unopened = shallowRef<Unopened>(nothingUnopened)
  const missingPaths = computed(() => new Set(missing.value.map(({ path }) => path)))
  const isOpen = computed(() => state.value.kind === 'open')
  /** Nothing is open, and nobody is at a step that opens its own files. */
  const showsStart = computed(
    () =>
      state.value.kind === 'none' &&
      volumes.volume === null &&
      volumes.refused === null &&
      volumes.opening.kind !== 'running' &&
      xrays.xrays.length === 0 &&
      workflow.active === 'data',
  )

  const autosave = useAutosave(async () => {
    if (project.value === null) return { ok: true, output: '' }
    const next = captured(project.value, session.value, unopened.value)
    const outcome = await window.isocenter.projects.save({ project: next, pictureArea: pictureArea() })
    if (!outcome.ok) messages.showError(outcome.error)
    return outcome
  })
  const save = autosave.state

  function touch(): void {
    if (state.value.kind === 'open' && state.value.isWritable) autosave.touch()
  }
  watch([session, unopened], touch)
  // A project keeps every registration, each in a folder of its own: none is lost by a crash or by the next one.
  watch(
    () => [state.value, results.entries, registration.isRunning] as const,
    ([opened]) => {
      if (opened.kind === 'open' && opened.isWritable) void results.keepIn(opened.folder)
    },
  )

  const outsideResults = computed(() => {
    const opened = state.value
    if (opened.kind !== 'open' || !opened.isWritable) return []
    return results.stored.map(resultFileOf).filter((file) => !isInside(opened.folder, file))
  })
  // What is opened anew, not what the project has long known.
  watch([outsideResults, state], ([files, now], [before, then]) => {
    if (now !== then) return
    const added = files.find((file) => !before.includes(file))
    if (added !== undefined) messages.show('info', text.project.outsideResult(folderOf(added)))
  })

  /** Takes up an opened project; `keepsSession` when what is open becomes its beginning. */
  async function take(opened: OpenedProject, keepsSession = false): Promise<void> {
    const { folder, isWritable, notes } = opened
    project.value = opened.project
    missing.value = notes.filter((note) => note.kind === 'missing')
    unopened.value = nothingUnopened
    outputFolder.set(isWritable ? folder : null)
    beginJournal(opened)
    if (!keepsSession) await restoreActive(opened.project)
    state.value = { kind: 'open', folder, isWritable }
    autosave.begin(opened.project.changed)
    if (keepsSession) touch()
    for (const note of notes) {
      if (note.kind !== 'missing') messages.show('info', noteSentence(note))
    }
  }

  function beginJournal({ folder, isWritable, project: next }: Omit<OpenedProject, 'notes'>): void {
    journal.begin(isWritable ? { projectFolder: folder, patientId: next.activePatient } : null)
  }

  async function restoreActive(opened: Project): Promise<void> {
    const { name } = opened
    state.value = { kind: 'opening', name, done: 0, total: 1 }
    unopened.value = await restore(opened, missingPaths.value, (done, total) => {
      state.value = { kind: 'opening', name, done, total }
    })
  }

  async function takeOutcome(outcome: Outcome<OpenedProject> | null, keepsSession = false): Promise<void> {
    if (outcome === null) return
    if (outcome.ok) await take(outcome.output, keepsSession)
    else messages.showError(outcome.error)
  }

  /** Whether what is open may be closed; edits that are given up are not offered again. */
  async function mayClose(): Promise<boolean> {
    const present = state.value
    // A registration that has just ended is still on its way to the project.
    if (present.kind === 'open' && present.isWritable) await results.keepIn(present.folder)
    if (!(await unsaved.mayLose('labels', 'results'))) return false
    journal.discard()
    await autosave.flush()
    return true
  }

  /** Begins a project with what is open, unless that belongs to another project. */
  async function create(): Promise<void> {
    const keepsSession = state.value.kind === 'none' && !isEmptySession(session.value)
    if (!keepsSession && !(await mayClose())) return
    await takeOutcome(await window.isocenter.projects.create(), keepsSession)
  }

  async function open(): Promise<void> {
    if (await mayClose()) await takeOutcome(await window.isocenter.projects.open())
  }

  async function openRecent(folder: string): Promise<void> {
    if (await mayClose()) await takeOutcome(await window.isocenter.projects.openRecent(folder))
  }

  /** After the page was loaded anew, its project is still open. */
  async function resume(): Promise<void> {
    if (state.value.kind === 'none') await takeOutcome(await window.isocenter.projects.current())
  }

  async function close(): Promise<void> {
    if (!(await mayClose())) return
    await window.isocenter.projects.close()
    project.value = null
    missing.value = []
    unopened.value = nothingUnopened
    state.value = { kind: 'none' }
    outputFolder.set(null)
    journal.begin(null)
    await clear()
  }

  /** Goes to another patient of the project, or to a new one. */
  async function goToPatient(id: string): Promise<void> {
    const present = state.value
    if (present.kind !== 'open' || project.value === null || !(await mayClose())) return
    const next = { ...captured(project.value, session.value, unopened.value), activePatient: id }
    project.value = next
    beginJournal({ ...present, project: next })
    await restoreActive(next)
    state.value = present
    touch()
  }

  async function addPatient(): Promise<void> {
    if (project.value === null) return
    const id = crypto.randomUUID()
    const { patients } = captured(project.value, session.value, unopened.value)
    project.value = {
      ...project.value,
      patients: [...patients, { id, name: '', xrays: [], registrations: [] }],
    }
    await goToPatient(id)
  }

  function renamePatient(id: string, name: string): void {
    if (project.value === null) return
    const patients = project.value.patients.map((one) =>
      one.id === id ? { ...one, name: name.trim() } : one,
    )
    project.value = { ...project.value, patients }
    touch()
  }

  /** Asks where a missing file is, and opens what waited for it. */
  async function locate({ path, pathKind, isFolder }: MissingFile): Promise<void> {
    if (pathKind === 'results') return
    const kind = pathKind === 'volume-file' && isFolder ? 'volume-folder' : pathKind
    const [found] = await window.isocenter.openFiles(kind)
    if (found === undefined || project.value === null) return
    const moved = (stored: string): string => (stored === path ? found : stored)
    project.value = mapProjectPaths(project.value, moved)
    missing.value = missing.value.filter((file) => file.path !== path)
    if (pathKind === 'checkpoint') settings.networks = settings.networks.map(moved)
    if (pathKind === 'training-folder') void trainings.find(found)
    const { volume, labels, shownLabels, xrays: waiting } = unopened.value
    unopened.value = await retry(
      {
        volume: volume && { ...volume, path: moved(volume.path) },
        labels: labels && { ...labels, path: moved(labels.path) },
        shownLabels: shownLabels && moved(shownLabels),
        xrays: waiting.map((xray) => mapXray(xray, moved)),
      },
      missingPaths.value,
    )
  }

  /** Goes on without the files that are missing; the project keeps their names. */
  function leaveMissing(): void {
    missing.value = []
  }

  const { flush } = autosave

  return {
    state,
    project,
    save,
    missing,
    isOpen,
    showsStart,
    create,
    open,
    openRecent,
    resume,
    close,
    goToPatient,
    addPatient,
    renamePatient,
    locate,
    leaveMissing,
    mayClose,
    flush,
  }
})
