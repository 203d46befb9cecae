import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { ProjectLabelEdits } from '../../native-workers/contract/project/project.js'
import { joinPath } from '../steps/shared/paths.js'
import { useLabelsStore } from '../stores/labels.js'
import { useMessagesStore } from '../stores/messages.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { useLabelSavingStore } from './saving-store.js'
import { useEditingStore } from './store.js'

/** Edits are written once nothing was edited for this long, or after this long of editing without a rest. */
const restMs = 5_000
const longestWaitMs = 60_000

/** A patient of a project that can be written. */
export interface JournalPlace {
  readonly projectFolder: string
  readonly patientId: string
}

/**
 * A copy of the edited label map in the project's folder, one per patient, so that a crash costs seconds of painting
 * and not hours. It is kept until the map is saved or the edits are given up, and offered when the project is opened
 * again.
 */
export const useLabelJournalStore = defineStore('label-journal', () => {
  const labels = useLabelsStore()
  const editing = useEditingStore()
  const saving = useLabelSavingStore()
  const messages = useMessagesStore()
  const place = shallowRef<JournalPlace | null>(null)
  /** The copy of the edits in hand. */
  const written = shallowRef<ProjectLabelEdits | null>(null)
  /** A copy that an earlier session left. */
  const offered = shallowRef<ProjectLabelEdits | null>(null)
  const kept = computed(() => written.value ?? offered.value)
  let isWriting = false
  let isStale = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitingSinceMs: number | null = null

  /** Begins for a patient, or ends. */
  function begin(next: JournalPlace | null): void {
    stopWaiting()
    place.value = next
    written.value = null
    offered.value = null
    if (next !== null && saving.isDirty) wait()
  }

  function stopWaiting(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    waitingSinceMs = null
  }

  function wait(): void {
    if (timer !== null) clearTimeout(timer)
    const now = performance.now()
    waitingSinceMs ??= now
    const leftMs = Math.max(0, waitingSinceMs + longestWaitMs - now)
    timer = setTimeout(() => void write(), Math.min(restMs, leftMs))
  }

  async function write(): Promise<void> {
    stopWaiting()
    const { map } = labels
    if (place.value === null || map === null || !saving.isDirty) return
    if (isWriting) {
      isStale = true
      return
    }
    isWriting = true
    const edits = { map: map.path, journal: journalPath(place.value) }
    const runs = await labels.runs().catch(() => null)
    const outcome =
      runs === null
        ? null
        : await window.isocenter.run('save-labels', {
            outputPath: edits.journal,
            grid: map.grid,
            runs,
            names: labels.knownNames(),
            force: true,
          }).promise
    isWriting = false
    // Given up, saved or closed meanwhile: there is nothing to come back to.
    if (outcome?.ok === true && labels.map?.voxels === map.voxels && saving.isDirty) written.value = edits
    if (outcome?.ok === false) messages.showError(outcome.error)
    if (isStale) wait()
    isStale = false
  }

  /** What an earlier session left of this map. */
  function offer(edits: ProjectLabelEdits): void {
    offered.value = edits
  }

  /** Goes on with the edits of an earlier session; they are still to be saved. */
  async function takeUp(): Promise<void> {
    const edits = offered.value
    if (edits === null || !(await labels.open(edits.journal, edits.map))) return
    offered.value = null
    written.value = edits
    messages.show('info', text.segmentation.recovered(fileName(edits.map)))
  }

  /** Gives up the edits in hand. Those of an earlier session that nobody has been asked about yet are kept. */
  function discard(): void {
    stopWaiting()
    written.value = null
  }

  /** Gives up all edits. */
  function giveUp(): void {
    discard()
    offered.value = null
  }

  watch(
    () => [editing.history.stateId, labels.names, saving.isDirty] as const,
    ([, , isDirty]) => {
      if (place.value === null) return
      if (isDirty) wait()
      else {
        stopWaiting()
        written.value = null
      }
    },
  )

  return { offered, kept, begin, offer, takeUp, discard, giveUp }
})

function journalPath({ projectFolder, patientId }: JournalPlace): string {
  return joinPath(projectFolder, 'journal', `labels-${patientId}.nii.gz`)
}
