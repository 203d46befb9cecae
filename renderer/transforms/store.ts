import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import { identity4, inverseAffine, transformPoint } from '../geometry/math.js'
import { useHistoryStore } from '../history/history-store.js'
import { useViewsStore } from '../stores/views.js'
import { useVolumeStore } from '../stores/volume.js'
import { text } from '../text/en.js'
import { rigidPart } from './model/affine.js'
import { freeName, inSequence, type NamedTransform, type Pivot, type Preview } from './model/transform.js'

/** All that an edit may change, taken back as one. */
interface Held {
  readonly all: readonly NamedTransform[]
  readonly activeId: string | null
}

/** The transforms of the session, which of them is edited, and what of it is shown. */
export const useTransformsStore = defineStore('transforms', () => {
  const history = useHistoryStore()
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const held = shallowRef<Held>({ all: [], activeId: null })
  const preview = ref<Preview>('off')
  const hasHandles = ref(true)
  const chosenPivot = shallowRef<Pivot>({ kind: 'centre' })

  const all = computed(() => held.value.all)
  const active = computed(() => all.value.find(({ id }) => id === held.value.activeId) ?? null)
  /** What the turns are about, in the CT as it lies in its file. */
  const pivotMm = computed<Vector3>(() =>
    chosenPivot.value.kind === 'place' ? chosenPivot.value.pointMm : (volumes.isocentreMm ?? [0, 0, 0]),
  )
  /** Where the active transform takes the pivot. */
  const movedPivotMm = computed(() =>
    active.value === null ? pivotMm.value : transformPoint(active.value.movedFromVolume, pivotMm.value),
  )

  function set(next: Held, label: string, mergeKey?: string): void {
    history.assign({ scope: 'transform', label, mergeKey }, held.value, next, (value) => {
      held.value = value
      if (value.activeId === null) preview.value = 'off'
    })
  }

  /** Adds a transform and makes it the active one. */
  function add(
    part: Pick<NamedTransform, 'name' | 'movedFromVolume' | 'source'>,
    label: string = text.transforms.history.add,
  ): void {
    const name = freeName(
      part.name,
      all.value.map((transform) => transform.name),
    )
    const id = crypto.randomUUID()
    set({ all: [...all.value, { ...part, id, name }], activeId: id }, label)
  }

  const addIdentity = (): void =>
    add({ name: text.transforms.newName, movedFromVolume: identity4, source: '' })

  /** Which one is edited; not a change of anything, so it is not undone. */
  function choose(id: string): void {
    held.value = { ...held.value, activeId: id }
  }

  function change(part: Partial<Omit<NamedTransform, 'id'>>, label: string, mergeKey?: string): void {
    const present = active.value
    if (present === null) return
    const next = all.value.map((transform) => (transform === present ? { ...present, ...part } : transform))
    set({ ...held.value, all: next }, label, mergeKey && `${present.id} ${mergeKey}`)
  }

  function setMatrix(movedFromVolume: Matrix4, label: string, mergeKey?: string): void {
    change({ movedFromVolume }, label, mergeKey)
  }

  function rename(name: string): void {
    const trimmed = name.trim()
    if (trimmed !== '' && trimmed !== active.value?.name) {
      change({ name: trimmed }, text.transforms.history.rename, 'name')
    }
  }

  function remove(): void {
    const index = all.value.findIndex(({ id }) => id === held.value.activeId)
    if (index < 0) return
    const left = all.value.filter((_, at) => at !== index)
    const next = left[index] ?? left.at(-1) ?? null
    set({ all: left, activeId: next?.id ?? null }, text.transforms.history.remove)
  }

  function invert(): void {
    if (active.value === null) return
    setMatrix(inverseAffine(active.value.movedFromVolume), text.transforms.history.invert)
  }

  function makeRigid(): void {
    if (active.value === null) return
    setMatrix(rigidPart(active.value.movedFromVolume, pivotMm.value), text.transforms.history.rigid)
  }

  /** A new transform that moves the CT as the one does, then as the other. */
  function compose(firstId: string, secondId: string): void {
    const first = all.value.find(({ id }) => id === firstId)
    const second = all.value.find(({ id }) => id === secondId)
    if (first === undefined || second === undefined) return
    add(
      {
        name: text.transforms.composedName(first.name, second.name),
        movedFromVolume: inSequence(first.movedFromVolume, second.movedFromVolume),
        source: '',
      },
      text.transforms.history.compose,
    )
  }

  /** The crosshair marks a place of the screen; the pivot is what of the CT lies there now. */
  function pivotAtCrosshair(): void {
    const back = active.value === null ? identity4 : inverseAffine(active.value.movedFromVolume)
    chosenPivot.value = { kind: 'place', pointMm: transformPoint(back, views.crosshairMm) }
  }

  function pivotAtCentre(): void {
    chosenPivot.value = { kind: 'centre' }
  }

  /** The transforms of a project, or none. */
  function begin(stored: readonly NamedTransform[]): void {
    history.forget('transform')
    held.value = { all: stored, activeId: stored[0]?.id ?? null }
    preview.value = 'off'
    chosenPivot.value = { kind: 'centre' }
  }

  return {
    ...{ all, active, preview, hasHandles, chosenPivot, pivotMm, movedPivotMm },
    ...{ add, addIdentity, choose, setMatrix, rename, remove, invert, makeRigid, compose },
    ...{ pivotAtCrosshair, pivotAtCentre, begin },
  }
})
