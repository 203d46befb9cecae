import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import { useHistoryStore } from '../history/history-store.js'
import { text } from '../text/en.js'
import type { LabelMap } from './label-map.js'
import { labelName, tableName, type NameSource } from './label-names.js'

/** The names of a map's labels by number. */
export type LabelNames = ReadonlyMap<number, string>

interface Naming {
  readonly names: LabelNames
  readonly source: NameSource
}

export interface LabelNaming {
  readonly nameSource: Ref<NameSource>
  /** The map's own names, also of labels that were deleted since. */
  readonly names: Readonly<ShallowRef<LabelNames>>
  /** Those that it came with; where they are still shown, nobody has changed a name. */
  readonly givenNames: Readonly<ShallowRef<LabelNames>>
  readonly hasNames: ComputedRef<boolean>
  readonly nameOf: (label: OpenedLabel) => string
  /** Gives the map names that it came with; nothing is recorded. */
  takeNames(names: LabelNames, source: NameSource): void
  setNameSource(source: NameSource): void
  setName(label: number, name: string): void
  importNames(entries: readonly { readonly label: number; readonly name: string }[]): void
  /** The names that are saved with the map: those that are shown. */
  knownNames(): { label: number; name: string }[]
}

/** What the labels of a map are called; changes by hand can be undone. */
export function useLabelNaming(map: ShallowRef<LabelMap | null>): LabelNaming {
  const history = useHistoryStore()
  const nameSource = ref<NameSource>('numbers')
  const names = shallowRef<LabelNames>(new Map())
  const givenNames = shallowRef<LabelNames>(names.value)
  const hasNames = computed(() => names.value.size > 0)

  function takeNames(next: LabelNames, source: NameSource): void {
    givenNames.value = next
    show(next, source)
  }

  function show(next: LabelNames, source: NameSource): void {
    names.value = next
    nameSource.value = source
    if (map.value === null) return
    const labels = map.value.labels.map((entry) => ({ ...entry, name: next.get(entry.label) ?? null }))
    map.value = { ...map.value, labels }
  }

  function change(label: string, next: Naming): void {
    const before = { names: names.value, source: nameSource.value }
    history.assign({ scope: 'label-look', label }, before, next, (to) => {
      show(to.names, to.source)
    })
  }

  /** What is shown becomes the map's own before a part of it changes. */
  function shownNames(): Map<number, string> {
    if (nameSource.value !== 'totalsegmentator') return new Map(names.value)
    return new Map(
      (map.value?.labels ?? []).flatMap(({ label }) => {
        const name = tableName(label)
        return name === null ? [] : [[label, name]]
      }),
    )
  }

  return {
    nameSource,
    names,
    givenNames,
    hasNames,
    nameOf: (label) => labelName(label, nameSource.value),
    takeNames,
    setNameSource: (source) => change(text.history.labelNames, { names: names.value, source }),
    setName(label, name) {
      const next = shownNames()
      if (name === (next.get(label) ?? '')) return
      if (name === '') next.delete(label)
      else next.set(label, name)
      change(text.history.labelName(label), { names: next, source: 'file' })
    },
    importNames(entries) {
      const next = new Map(entries.map(({ label, name }) => [label, name]))
      change(text.history.labelNames, { names: next, source: 'file' })
    },
    knownNames: () => [...shownNames()].map(([label, name]) => ({ label, name })),
  }
}
