import type { LabelMap } from '../../labels/label-map.js'

/** The names of a map's labels by number. */
export type LabelNames = ReadonlyMap<number, string>

export function namesOf(map: LabelMap | null): LabelNames {
  return new Map(map?.labels.flatMap(({ label, name }) => (name === null ? [] : [[label, name]])))
}

/** A map made from one with names: its labels are the same ones, though no names file lies beside it. */
export function withNames(map: LabelMap, names: LabelNames): LabelMap {
  return {
    ...map,
    labels: map.labels.map((label) => ({ ...label, name: label.name ?? names.get(label.label) ?? null })),
  }
}
