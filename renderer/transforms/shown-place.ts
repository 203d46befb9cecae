import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import { inverseAffine, transformPoint } from '../geometry/math.js'
import { usePointsStore } from '../points/points-store.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { useTransformsStore } from './store.js'

/**
 * Where the views show the CT and its labels: moved while a transform is previewed, otherwise (null) as they lie in
 * their files. A preview lasts as long as the step is open, so that every other step works on what it shows.
 */
export const useShownPlaceStore = defineStore('shown-place', () => {
  const transforms = useTransformsStore()
  const workflow = useWorkflowStore()
  const isOpen = computed(() => workflow.active === 'transforms')
  const moved = computed(() => (isOpen.value ? (transforms.active?.movedFromVolume ?? null) : null))
  const ct = computed<Matrix4 | null>(() => (transforms.preview === 'ct' ? moved.value : null))
  const labels = computed<Matrix4 | null>(() => (transforms.preview === 'off' ? null : moved.value))

  const points = usePointsStore()
  watch(
    () => ct.value !== null || labels.value !== null,
    (isMoved) => points.suspend(isMoved),
    { immediate: true, flush: 'sync' },
  )

  /** The place of the label map that is shown at a place of the views. */
  const inLabels = (pointMm: Vector3): Vector3 =>
    labels.value === null ? pointMm : transformPoint(inverseAffine(labels.value), pointMm)

  return { isOpen, ct, labels, inLabels }
})
