import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { RegisterOutput } from '../../native-workers/contract/operations/register.js'
import type { OpenRegistrationOutput } from '../../native-workers/contract/operations/saved-registrations.js'
import type { ProjectRegistration } from '../../native-workers/contract/project/project.js'
import { useHistoryStore } from '../history/history-store.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { usePoseStore } from '../stores/pose.js'
import { useRegistrationStore, type FinishedRegistration } from '../stores/registration.js'
import { useUnsavedStore } from '../stores/unsaved.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { resultFolderName } from '../steps/shared-result/result-name.js'
import { folderOf, joinPath } from '../steps/shared/paths.js'
import { text } from '../text/en.js'
import {
  inputPath,
  isOnVolume,
  recordedMs,
  resultFileOf,
  storedForm,
  type ResultEntry,
} from './result-entry.js'

/** What a person says of a result. */
export type ReviewChange = Partial<Pick<ResultEntry, 'decision' | 'note'>>

/** Every registration of the patient, oldest first: saved ones and those of this session. */
export const useResultsStore = defineStore('results', () => {
  const registration = useRegistrationStore()
  const messages = useMessagesStore()
  const history = useHistoryStore()
  const folders = useOutputFolderStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()

  const entries = shallowRef<readonly ResultEntry[]>([])
  const shownId = ref<number | null>(null)
  /** The one beside the shown one while two are compared. */
  const comparedId = ref<number | null>(null)
  /** Results of the project that can't be read now; kept, so that a save does not lose them. */
  const unreadable = shallowRef<readonly ProjectRegistration[]>([])
  let nextId = 1
  let keeping: Promise<void> | null = null

  const find = (id: number | null): ResultEntry | null =>
    entries.value.find((entry) => entry.id === id) ?? null
  const shown = computed(() => find(shownId.value))
  const compared = computed(() => find(comparedId.value))
  const stored = computed<readonly ProjectRegistration[]>(() => [
    ...unreadable.value,
    ...entries.value.flatMap((entry) => storedForm(entry) ?? []),
  ])
  const shownFolder = computed(() =>
    shown.value === null ? null : (storedForm(shown.value)?.folder ?? null),
  )
  /** Whether the shown result was made on the open CT; null while that is found out. */
  const fitsVolume = computed(() =>
    shown.value === null ? true : isOnVolume(shown.value, volumes.volume?.source.path ?? null),
  )

  function add(finished: FinishedRegistration, review: ReviewChange = {}): ResultEntry {
    const { decision = 'open', note = '' } = review
    const entry: ResultEntry = { id: nextId++, finished, decision, note, inputs: null }
    entries.value = [...entries.value, entry]
    return entry
  }

  function change(id: number, part: Partial<Omit<ResultEntry, 'id'>>): void {
    entries.value = entries.value.map((entry) => (entry.id === id ? { ...entry, ...part } : entry))
  }

  /** What is saved and not shown is read from its files: pictures of many results would fill the memory. */
  function dropPictures(): void {
    entries.value = entries.value.map((entry) =>
      entry.id === shownId.value || entry.finished.savedFile === null || entry.finished.output === null
        ? entry
        : { ...entry, finished: { ...entry.finished, output: null } },
    )
  }

  // New results, and files that were written of known ones.
  watch(
    () => registration.result,
    (finished) => {
      if (finished === null) {
        shownId.value = null
        return
      }
      const known = entries.value.find((entry) => entry.finished.result === finished.result)
      shownId.value = known?.id ?? add(finished).id
      if (known !== undefined) {
        const wasSaved = known.finished.savedFile !== null
        // A copy that is saved elsewhere does not move the result.
        const savedFile = wasSaved ? known.finished.savedFile : finished.savedFile
        change(known.id, { finished: { ...finished, savedFile } })
        if (!wasSaved && savedFile !== null && isReviewed(known)) void writeReview(known.id)
      }
      dropPictures()
    },
    { flush: 'sync' },
  )

  const isReviewed = ({ decision, note }: ResultEntry): boolean => decision !== 'open' || note !== ''

  /** Shows a result: verdict, curve and, where it was made on the open CT, its pose. */
  async function select(id: number): Promise<void> {
    const entry = find(id)
    if (entry === null || registration.isRunning) return
    registration.show(entry.finished)
    if (fitsVolume.value === true) place(id)
    await check(id)
    if (shownId.value === id && fitsVolume.value === true && entry.inputs === null) place(id)
  }

  function place(id: number): void {
    const entry = find(id)
    if (entry === null) return
    const paths = entry.finished.result.views.map((_, index) => inputPath(entry, `xray ${index + 1}`))
    const isOfResult = (path: string | undefined): boolean => paths.includes(path ?? '')
    if (!isOfResult(xrays.active?.source.path)) {
      const first = xrays.xrays.find(({ source }) => isOfResult(source.path))
      if (first !== undefined) xrays.activeId = first.id
    }
    pose.place(entry.finished.result.final.worldFromVolume, 'result')
  }

  /** Finds out what became of the files that were registered, once. */
  async function check(id: number): Promise<void> {
    const entry = find(id)
    const file = entry?.finished.savedFile ?? null
    if (entry === null || entry.inputs !== null || file === null) return
    const candidatePaths = [volumes.volume?.source, ...xrays.xrays.map(({ source }) => source)].flatMap(
      (source) => source?.path ?? [],
    )
    const request = { resultPath: file, checkInputs: true, candidatePaths }
    const outcome = await window.isocenter.run('open-registration', request).promise
    if (outcome.ok) change(id, { inputs: outcome.output.inputs })
    else messages.showError(outcome.error)
  }

  /** Takes a result off the list; its files stay. */
  function remove(id: number): void {
    const index = entries.value.findIndex((entry) => entry.id === id)
    const entry = entries.value[index]
    if (entry === undefined || registration.isRunning) return
    const takeOff = (): void => {
      if (shownId.value === id) registration.showNone()
      if (comparedId.value === id) comparedId.value = null
      entries.value = entries.value.filter((other) => other.id !== id)
    }
    history.record({
      scope: 'data',
      label: text.results.removed,
      undo: () => {
        entries.value = [...entries.value.slice(0, index), entry, ...entries.value.slice(index)]
      },
      redo: takeOff,
    })
    takeOff()
  }

  /** Accepts, rejects or notes; kept in the project, and beside a saved result. */
  function review(id: number, next: ReviewChange): void {
    const before = find(id)
    if (before === null) return
    const apply = (part: ReviewChange): void => {
      change(id, part)
      void writeReview(id)
    }
    const { decision, note } = before
    history.record({
      scope: 'data',
      label: text.results.reviewed,
      undo: () => apply({ decision, note }),
      redo: () => apply(next),
    })
    apply(next)
  }

  async function writeReview(id: number): Promise<void> {
    const entry = find(id)
    const file = entry?.finished.savedFile ?? null
    if (entry === null || file === null) return
    const { decision, note } = entry
    const request = { folder: folderOf(file), decision, note }
    const outcome = await window.isocenter.run('review-registration', request).promise
    // A writable project keeps it too: then the file beside the result is only a copy for others.
    if (!outcome.ok && folders.folder === null) messages.showError(outcome.error)
  }

  const needsFolder = ({ finished }: ResultEntry): boolean =>
    finished.savedFile === null && finished.output !== null
  useUnsavedStore().watchOver('results', () => entries.value.some(needsFolder), {
    missing: () => (registration.isRunning ? text.results.removeRunning : null),
    save: async () => {
      const folder = await window.isocenter.chooseSaveFolder()
      if (folder !== null) await keepIn(folder)
      return !entries.value.some(needsFolder)
    },
  })

  /** Saves what is not saved yet, each result into a folder of its own below `folder`. */
  async function keepIn(folder: string): Promise<void> {
    keeping ??= keepAll(folder).finally(() => (keeping = null))
    await keeping
  }

  async function keepAll(folder: string): Promise<void> {
    const tried = new Set<number>()
    // One that ends meanwhile is kept too.
    const nextOne = (): ResultEntry | undefined =>
      entries.value.find((entry) => needsFolder(entry) && !tried.has(entry.id))
    for (let entry = nextOne(); entry !== undefined; entry = nextOne()) {
      const { id, finished } = entry
      tried.add(id)
      if (finished.output === null) continue
      const place = joinPath(folder, resultFolderName(finished.result.created))
      if (id !== shownId.value) await saveHidden(id, finished.output, place)
      else if ((await registration.saveInto(place)) === null) return
    }
  }

  async function saveHidden(id: number, output: RegisterOutput, folder: string): Promise<void> {
    const outcome = await window.isocenter.run('save-registration', { output, folder }).promise
    const entry = find(id)
    if (entry === null) return
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return
    }
    const savedFile = outcome.output.files.at(-1) ?? folder
    change(id, { finished: { ...entry.finished, output: null, savedFile } })
    if (isReviewed(entry)) await writeReview(id)
  }

  function finishedOf({ result, resultPath }: OpenRegistrationOutput): FinishedRegistration {
    const elapsedMs = recordedMs(result.secondsPerPhase)
    return { result: markRaw(result), output: null, elapsedMs, savedFile: resultPath }
  }

  /** Asks for a `result.json`, adds it to the list and shows it. */
  async function openFile(): Promise<void> {
    const [file] = await window.isocenter.openFiles('result')
    if (file === undefined) return
    const present = entries.value.find(({ finished }) => finished.savedFile === file)
    const id = present?.id ?? (await addSaved(file))
    if (id !== null) await select(id)
  }

  /** Adds a result from its file; null, with a message, where it can't be read. */
  async function addSaved(resultPath: string): Promise<number | null> {
    const outcome = await window.isocenter.run('open-registration', { resultPath }).promise
    if (outcome.ok) return add(finishedOf(outcome.output), outcome.output.review ?? {}).id
    messages.showError(outcome.error)
    return null
  }

  /**
   * Brings back a project's results from their files, and shows the one that was shown; the pose is not touched.
   * What can't be read is kept by name.
   */
  async function restore(
    registrations: readonly ProjectRegistration[],
    shownBefore: string | null,
  ): Promise<void> {
    clear()
    for (const known of registrations) {
      const { note, decision } = known
      const resultPath = resultFileOf(known)
      const outcome = await window.isocenter.run('open-registration', { resultPath }).promise
      if (outcome.ok) add(finishedOf(outcome.output), { note, decision })
      else unreadable.value = [...unreadable.value, known]
    }
    if (unreadable.value.length > 0)
      messages.show('warning', text.results.unreadable(unreadable.value.length))
    const before = entries.value.find((entry) => storedForm(entry)?.folder === shownBefore)
    if (before === undefined) return
    registration.show(before.finished)
    void check(before.id)
  }

  function clear(): void {
    if (shownId.value !== null) registration.showNone()
    entries.value = []
    unreadable.value = []
    comparedId.value = null
  }

  /** Puts a result beside the shown one. */
  function compareWith(id: number): void {
    if (shownId.value !== null && id !== shownId.value) comparedId.value = id
  }

  function endComparison(): void {
    comparedId.value = null
  }
  watch(shownId, endComparison)

  return {
    ...{ entries, shownId, shown, comparedId, compared, unreadable, stored, shownFolder, fitsVolume },
    ...{ select, remove, review, keepIn, openFile, addSaved, restore, clear, compareWith, endComparison },
  }
})
