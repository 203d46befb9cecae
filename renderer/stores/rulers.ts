import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import type { PlaneName } from '../views/slices/plane.js'
import { useVolumeStore } from './volume.js'

/** A measured distance, drawn in one plane; its ends are places of the CT in LPS mm. */
export interface Ruler {
  readonly plane: PlaneName
  readonly startMm: Vector3
  readonly endMm: Vector3
}

/** Distances measured in the slices, and whether a drag measures one. */
export const useRulersStore = defineStore('rulers', () => {
  const volumes = useVolumeStore()
  const isActive = ref(false)
  const finished = shallowRef<readonly Ruler[]>([])
  const drawn = shallowRef<Ruler | null>(null)
  const all = computed(() => (drawn.value === null ? finished.value : [...finished.value, drawn.value]))

  /** Follows the hand; the first call fixes the start. */
  function drag(plane: PlaneName, fromMm: Vector3, toMm: Vector3): void {
    drawn.value = { plane, startMm: drawn.value?.startMm ?? fromMm, endMm: toMm }
  }

  function finish(): void {
    if (drawn.value !== null) finished.value = [...finished.value, drawn.value]
    drawn.value = null
  }

  function remove(ruler: Ruler): void {
    finished.value = finished.value.filter((other) => other !== ruler)
  }

  function clear(): void {
    finished.value = []
    drawn.value = null
  }

  watch(() => volumes.volume, clear)

  return { isActive, all, drawn, drag, finish, remove, clear }
})
