import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import { graphics } from '../composables/graphics.js'
import type { Surface } from '../data/display-volume.js'
import { useLabelsStore } from './labels.js'

/** Triangles of all shown labels together: what the graphics can turn at ease. */
const mostTriangles = graphics.kind === 'hardware' ? 4_000_000 : 400_000

const trianglesOf = ({ polygons }: Surface): number => polygons.length / 4

/** Surfaces of the visible labels in the 3D view; made when first wanted, one after another, and kept. */
export const useLabelSurfacesStore = defineStore('label-surfaces', () => {
  const labels = useLabelsStore()
  const isShown = ref(false)
  const surfaces = shallowRef<ReadonlyMap<number, Surface>>(new Map())
  const busy = ref(false)

  /** Visible labels whose surfaces exist and fit the limit together, in the map's order. */
  const shown = computed(() => {
    let triangles = 0
    return (isShown.value ? labels.visible : []).flatMap(({ label }) => {
      const surface = surfaces.value.get(label)
      if (surface === undefined) return []
      triangles += trianglesOf(surface)
      return triangles > mostTriangles ? [] : [{ label, surface }]
    })
  })
  /** Visible labels that the limit leaves out. */
  const leftOut = computed(() =>
    isShown.value && !busy.value ? labels.visible.length - shown.value.length : 0,
  )

  async function make(): Promise<void> {
    if (busy.value) return
    busy.value = true
    for (let next = missing(); next !== undefined; next = missing()) {
      const { map } = labels
      const surface = await labels.surfaceOf(next)
      if (labels.map !== map) continue
      // A label without a surface is remembered as such, or it would be asked for for ever.
      surfaces.value = new Map(surfaces.value).set(next.label, markRaw(surface ?? emptySurface))
    }
    busy.value = false
  }

  const missing = (): (typeof labels.visible)[number] | undefined => {
    const total = [...shown.value].reduce((sum, { surface }) => sum + trianglesOf(surface), 0)
    if (!isShown.value || total >= mostTriangles) return undefined
    return labels.visible.find(({ label }) => !surfaces.value.has(label))
  }

  watch(
    () => labels.map,
    (map, before) => {
      // An edited map keeps the surfaces of the labels that it left alone.
      const kept = map !== null && map.voxels === before?.voxels ? unchanged(map.labels, before.labels) : []
      surfaces.value = new Map([...surfaces.value].filter(([label]) => kept.includes(label)))
      if (map === null) isShown.value = false
    },
  )
  watch([isShown, () => labels.visible], () => void make())

  return { isShown, shown, leftOut, busy }
})

function unchanged(labels: readonly OpenedLabel[], before: readonly OpenedLabel[]): number[] {
  return labels.filter((entry) => before.includes(entry)).map(({ label }) => label)
}

const emptySurface: Surface = {
  points: new Float32Array(),
  normals: new Float32Array(),
  polygons: new Uint32Array(),
}
