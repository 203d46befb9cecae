import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Vector2, Vector3 } from '../../native-workers/contract/matrix.js'
import { useHistoryStore } from '../history/history-store.js'
import { useViewsStore } from '../stores/views.js'
import { useVolumeStore } from '../stores/volume.js'
import { text } from '../text/en.js'
import {
  moved,
  nextToPlace,
  renamed,
  withColour,
  withFile,
  withNew,
  without,
  withPixel,
  withPosition,
  type PointHalf,
  type PointPair,
} from './point-pairs.js'

/** All that an edit changes, and that undo brings back. */
interface PointsState {
  readonly pairs: readonly PointPair[]
  /** The CT that the positions are of; null while there are none. */
  readonly placedOn: string | null
}

/** Never a path: the CT that the points were placed on is known not to be the present one. */
const unknownVolume = ''
const noPoints: PointsState = { pairs: [], placedOn: null }

/** Points in the CT and in X-rays, and the tool that places them. */
export const usePointsStore = defineStore('points', () => {
  const history = useHistoryStore()
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const state = shallowRef<PointsState>(noPoints)
  const selectedId = ref<number | null>(null)
  /** Whether the selected pair was chosen by hand, and so is the next one to place. */
  const isChosen = ref(false)
  const isPlacing = ref(false)
  const isShown = ref(true)
  /** While the views show the CT elsewhere than it lies, no place in them is a place of the CT. */
  const isSuspended = ref(false)
  /** Whether the table is unfolded. */
  const isPanelOpen = ref(false)

  const pairs = computed(() => state.value.pairs)
  const selected = computed(() => pairs.value.find(({ id }) => id === selectedId.value) ?? null)
  const volumePath = computed(() => volumes.volume?.source.path ?? null)
  const hasPositions = computed(() => pairs.value.some(({ positionMm }) => positionMm !== null))
  /** The positions are those of a CT that is not open: they are neither drawn nor used. */
  const isOfOtherVolume = computed(
    () =>
      hasPositions.value &&
      volumePath.value !== null &&
      state.value.placedOn !== null &&
      state.value.placedOn !== volumePath.value,
  )
  /** The pairs as the views show them. */
  const shown = computed<readonly PointPair[]>(() => {
    if (!isShown.value || isSuspended.value) return []
    return isOfOtherVolume.value ? pairs.value.map((pair) => ({ ...pair, positionMm: null })) : pairs.value
  })

  watch([volumePath, hasPositions], ([path, has]) => {
    if (!has) {
      if (state.value.placedOn !== null) state.value = { ...state.value, placedOn: null }
    } else if (path !== null && state.value.placedOn === null) {
      state.value = { ...state.value, placedOn: path }
    }
  })

  function restoreState(next: PointsState): void {
    state.value = next
    if (selected.value === null) selectedId.value = null
  }

  function edit(label: string, next: Partial<PointsState>, mergeKey?: string): void {
    const before = state.value
    const after = { ...before, ...next }
    if (after.pairs === before.pairs && after.placedOn === before.placedOn) return
    history.assign({ scope: 'points', label, mergeKey }, before, after, restoreState)
  }

  const nameOf = (id: number): string => pairs.value.find((pair) => pair.id === id)?.name ?? ''

  function select(id: number | null): void {
    selectedId.value = id
    isChosen.value = id !== null
  }

  /** The name of the pair that a click in a view would place. */
  function nextName(half: PointHalf): string {
    const chosen = isChosen.value ? selectedId.value : null
    const next = nextToPlace(pairs.value, half, chosen) ?? withNew(pairs.value).at(-1)
    return next?.name ?? ''
  }

  function target(half: PointHalf): { pairs: readonly PointPair[]; pair: PointPair } | null {
    const next = nextToPlace(pairs.value, half, isChosen.value ? selectedId.value : null)
    if (next !== null) return { pairs: pairs.value, pair: next }
    const grown = withNew(pairs.value)
    const added = grown.at(-1)
    return added === undefined ? null : { pairs: grown, pair: added }
  }

  /** Places the next pair's half in the CT; does nothing while the positions are of another CT. */
  function placePosition(positionMm: Vector3): void {
    const next = target('volume')
    if (next === null || volumePath.value === null || isOfOtherVolume.value) return
    edit(text.points.changes.place(next.pair.name), {
      pairs: withPosition(next.pairs, next.pair.id, positionMm),
      placedOn: volumePath.value,
    })
    selectedId.value = next.pair.id
    isChosen.value = false
  }

  /** Places the next pair's half in an X-ray. */
  function placePixel(xrayId: number, pixel: Vector2): void {
    const next = target(xrayId)
    if (next === null) return
    edit(text.points.changes.place(next.pair.name), {
      pairs: withPixel(next.pairs, next.pair.id, xrayId, pixel),
    })
    selectedId.value = next.pair.id
    isChosen.value = false
  }

  /** Moves go together as long as they belong to one drag, which `drag` numbers. */
  function movePosition(id: number, positionMm: Vector3, drag: number): void {
    const label = text.points.changes.move(nameOf(id))
    edit(label, { pairs: withPosition(pairs.value, id, positionMm) }, `position ${id} ${drag}`)
  }

  function movePixel(id: number, xrayId: number, pixel: Vector2, drag: number): void {
    const label = text.points.changes.move(nameOf(id))
    edit(label, { pairs: withPixel(pairs.value, id, xrayId, pixel) }, `pixel ${xrayId} ${id} ${drag}`)
  }

  /** False where the name is empty or taken. */
  function rename(id: number, name: string): boolean {
    const next = renamed(pairs.value, id, name)
    if (next !== null && name.trim() !== nameOf(id)) {
      edit(text.points.changes.rename(nameOf(id)), { pairs: next })
    }
    return next !== null
  }

  function recolour(id: number, colour: string): void {
    const label = text.points.changes.colour(nameOf(id))
    edit(label, { pairs: withColour(pairs.value, id, colour) }, `colour ${id}`)
  }

  function remove(id: number): void {
    const index = pairs.value.findIndex((pair) => pair.id === id)
    const label = text.points.changes.remove(nameOf(id))
    const next = without(pairs.value, id)
    edit(label, { pairs: next })
    select((next[index] ?? next.at(-1))?.id ?? null)
  }

  function reorder(id: number, by: -1 | 1): void {
    edit(text.points.changes.reorder(nameOf(id)), { pairs: moved(pairs.value, id, by) })
  }

  function removeAll(): void {
    edit(text.points.changes.clear, noPoints)
    select(null)
  }

  /** Takes up one half of pairs from a file. */
  function load(
    half: PointHalf,
    points: readonly { readonly name: string; readonly at: Vector2 | Vector3 }[],
  ): void {
    edit(text.points.changes.load, {
      pairs: withFile(pairs.value, half, points),
      ...(half === 'volume' && { placedOn: volumePath.value }),
    })
    isShown.value = true
  }

  /** The positions belong to the CT that is open, whatever its file is called. */
  function adopt(): void {
    edit(text.points.changes.adopt, { placedOn: volumePath.value })
  }

  function dropPositions(): void {
    edit(text.points.changes.dropPositions, {
      pairs: pairs.value.map((pair) => ({ ...pair, positionMm: null })),
      placedOn: null,
    })
  }

  /** Begins or ends placing; beginning shows the points and their table. */
  function setPlacing(places: boolean): void {
    isPlacing.value = places && !isSuspended.value
    if (!isPlacing.value) return
    isShown.value = true
    isPanelOpen.value = true
  }

  /** Ends placing, and hides the points until the views show the CT where it lies again. */
  function suspend(isMoved: boolean): void {
    isSuspended.value = isMoved
    if (isMoved) isPlacing.value = false
  }

  /** Shows where a pair lies: the crosshair goes there. */
  function lookAt(id: number): void {
    select(id)
    const positionMm = pairs.value.find((pair) => pair.id === id)?.positionMm ?? null
    if (positionMm !== null && !isOfOtherVolume.value) views.crosshairMm = positionMm
  }

  /** Puts points in place without a change to undo: those of a project, or of the sample. */
  function restore(
    points: readonly {
      readonly name: string
      readonly colour?: string
      readonly position?: Vector3
    }[],
    isOfOther = false,
  ): void {
    history.forget('points')
    let next: readonly PointPair[] = []
    for (const { name, colour, position } of points) {
      next = withNew(next, name).map((pair) =>
        pair.name === name ? { ...pair, colour: colour ?? pair.colour, positionMm: position ?? null } : pair,
      )
    }
    state.value = { pairs: next, placedOn: isOfOther ? unknownVolume : volumePath.value }
    select(null)
    isPlacing.value = false
  }

  /** The points of an X-ray that was just opened, without a change to undo. */
  function attach(
    xrayId: number,
    points: readonly { readonly name: string; readonly pixel: Vector2 }[],
  ): void {
    const read = points.map(({ name, pixel }) => ({ name, at: pixel }))
    state.value = { ...state.value, pairs: withFile(pairs.value, xrayId, read) }
  }

  return {
    pairs,
    shown,
    selectedId,
    selected,
    isPlacing,
    isShown,
    isPanelOpen,
    isOfOtherVolume,
    select,
    nextName,
    placePosition,
    placePixel,
    movePosition,
    movePixel,
    rename,
    recolour,
    remove,
    reorder,
    removeAll,
    load,
    adopt,
    dropPositions,
    setPlacing,
    suspend,
    lookAt,
    restore,
    attach,
  }
})
