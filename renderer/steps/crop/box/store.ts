import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useHistoryStore } from '../../../history/history-store.js'
import { structuresFromText } from '../../../registration/structures.js'
import { useLabelsStore } from '../../../stores/labels.js'
import { useVolumeStore } from '../../../stores/volume.js'
import { useWorkflowStore } from '../../../stores/workflow.js'
import { text } from '../../../text/en.js'
import { useCropStore } from '../store.js'
import { rangeAround } from './box-from-labels.js'
import { bytesOfType, insideOf, isSameRange, wholeRange, type CropBox, type VoxelRange } from './crop-box.js'

/** The box of the crop step as the views show and change it; what it is lies in the step's form. */
export const useCropBoxStore = defineStore('crop-box', () => {
  const crop = useCropStore()
  const volumes = useVolumeStore()
  const labels = useLabelsStore()
  const history = useHistoryStore()
  const workflow = useWorkflowStore()

  const box = computed(() => crop.form.box)
  const isChosen = computed(() => crop.form.method === 'box')
  /** The box of the CT that is open; null where it belongs to another one. */
  const openBox = computed(() =>
    box.value !== null && box.value.volumePath === volumes.volume?.source.path ? box.value : null,
  )
  /** The box as the views draw it, with its handles. */
  const shown = computed(() => (workflow.active === 'crop' && isChosen.value ? openBox.value : null))

  /** The open CT with a box around all of it. */
  function wholeBox(): CropBox | null {
    const { volume } = volumes
    if (volume === null) return null
    const { grid, storedType } = volume.summary
    return {
      volumePath: volume.source.path,
      grid,
      bytesPerVoxel: bytesOfType(storedType),
      ...wholeRange(grid),
    }
  }

  /** Shows a box that is not yet done with, such as one that is being dragged. */
  function preview(next: CropBox): void {
    crop.put({ box: next })
  }

  /** What a person has done to the box since it was `before`, as one step that can be undone. */
  function record(before: CropBox, mergeKey?: string): void {
    const after = box.value
    if (after === null || isSameRange(before, after)) return
    history.record({
      scope: 'crop',
      label: text.preparation.crop.boxChange,
      mergeKey,
      states: { from: before, to: after },
      undo: () => crop.put({ box: before }),
      redo: () => crop.put({ box: after }),
    })
  }

  function set(next: CropBox, mergeKey?: string): void {
    const before = box.value
    crop.put({ box: next })
    if (before !== null) record(before, mergeKey)
  }

  function setWhole(): void {
    const { value: present } = box
    if (present !== null) set({ ...present, ...wholeRange(present.grid) })
  }

  /** Why the box can't be laid around the labels; null where it can. */
  const labelsMissing = computed<string | null>(() => {
    const words = text.preparation.missing
    if (openBox.value === null) return words.openForBox
    if (labels.map === null) return words.labelMapForBox
    const wanted = structuresFromText(crop.form.boxLabels)
    if (wanted === null) return words.labelList
    const present = labels.map.labels.some(({ label }) => wanted.length === 0 || wanted.includes(label))
    return present ? null : words.noLabelsInBox
  })

  function layAroundLabels(): void {
    const wanted = structuresFromText(crop.form.boxLabels)
    const { map } = labels
    const present = openBox.value
    if (wanted === null || map === null || present === null) return
    const boxes = map.labels
      .filter(({ label }) => wanted.length === 0 || wanted.includes(label))
      .map((label) => label.box)
    const range = rangeAround(boxes, map.grid, present.grid, crop.form.paddingMm)
    if (range !== null) set({ ...present, ...range })
  }

  /** Puts a saved box on the open CT; one that does not fit it is passed over. */
  function restore(range: VoxelRange): void {
    const whole = wholeBox()
    if (whole === null) return
    const inside = insideOf(whole.grid, range)
    if (inside !== null && isSameRange(inside, range)) crop.put({ box: { ...whole, ...inside } })
  }

  // A box begins around the whole of the CT that is to be cut. The step's own result, when it is open, is not.
  watch(
    [isChosen, () => volumes.volume, () => crop.isInputOpen] as const,
    ([chosen, volume, isInputOpen]) => {
      if (!chosen || volume === null || !isInputOpen || openBox.value !== null) return
      history.forget('crop')
      const whole = wholeBox()
      if (whole !== null) crop.put({ box: whole })
    },
    { immediate: true },
  )

  return {
    ...{ box, shown, isChosen, openBox, labelsMissing },
    ...{ preview, record, set, setWhole, layAroundLabels, restore },
  }
})
