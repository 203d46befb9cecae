import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { OpenedLabel, OpenLabelsOutput } from '../../native-workers/contract/operations/open-labels.js'
import { useLabelsStore } from '../stores/labels.js'
import { useMessagesStore } from '../stores/messages.js'
import { text } from '../text/en.js'
import type { LogicOperation } from './model/logic.js'
import { useEditingStore } from './store.js'
import { onlyOver } from './tools.js'

/** Another label map on the grid of the edited one, whose labels are combined with it. */
interface OtherMap {
  readonly path: string
  readonly output: OpenLabelsOutput
}

/** Combining the active label with one of the same map or of another. */
export const useLabelLogicStore = defineStore('label-logic', () => {
  const editing = useEditingStore()
  const labels = useLabelsStore()
  const messages = useMessagesStore()
  const otherMap = shallowRef<OtherMap | null>(null)
  const isOpening = ref(false)
  const chosen = ref(1)

  const choices = computed<readonly OpenedLabel[]>(
    () => otherMap.value?.output.labels ?? labels.map?.labels ?? [],
  )
  /** A label of the other map; the first where the chosen one is not there. */
  const other = computed(
    () => (choices.value.find(({ label }) => label === chosen.value) ?? choices.value[0])?.label ?? null,
  )

  /** Why an operation can't be done now; null when it can. */
  function missing(operation: LogicOperation): string | null {
    if (editing.missing !== null) return editing.missing
    if (other.value === null) return text.segmentation.logicNoLabel
    if (otherMap.value !== null) return null
    if (operation !== 'union') return text.segmentation.logicNeedsOther
    return other.value === editing.activeLabel ? text.segmentation.logicSame : null
  }

  async function chooseMap(): Promise<void> {
    const grid = labels.map?.grid
    const [path] = await window.isocenter.openFiles('labels')
    if (path === undefined || grid === undefined) return
    isOpening.value = true
    const outcome = await window.isocenter.run('open-labels', { path, grid }).promise
    isOpening.value = false
    if (!outcome.ok) messages.showError(outcome.error)
    else if (labels.map?.grid === grid) otherMap.value = markRaw({ path, output: outcome.output })
  }

  function takeThisMap(): void {
    otherMap.value = null
  }

  async function apply(operation: LogicOperation): Promise<void> {
    const label = editing.activeLabel
    if (missing(operation) !== null || other.value === null) return
    if (otherMap.value === null) {
      await editing.run({ kind: 'relabel', changes: [[other.value, label]] })
      return
    }
    const { file, bytesPerVoxel } = otherMap.value.output.display
    await editing.run({
      kind: 'logic',
      operation,
      label,
      other: other.value,
      map: { url: window.isocenter.volumeUrl(file), bytesPerVoxel },
      onlyOver: onlyOver(editing.area, label, false),
    })
  }

  watch(() => labels.map?.voxels, takeThisMap)

  return { otherMap, isOpening, chosen, choices, other, missing, chooseMap, takeThisMap, apply }
})
