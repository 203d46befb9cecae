/** Labels of the phantom's label map and their names. */
export const structures = [
  { label: 1, name: 'sacrum' },
  { label: 2, name: 'vertebra L5' },
  { label: 3, name: 'vertebra L4' },
  { label: 4, name: 'vertebra L3' },
  { label: 5, name: 'vertebra L2' },
  { label: 6, name: 'vertebra L1' },
  { label: 7, name: 'vertebra T12' },
  { label: 8, name: 'hip bone left' },
  { label: 9, name: 'hip bone right' },
  { label: 10, name: 'femur left' },
  { label: 11, name: 'femur right' },
  { label: 12, name: 'ribs' },
] as const

export type StructureName = (typeof structures)[number]['name']

export const labelOf = (name: StructureName): number =>
  structures.find((entry) => entry.name === name)?.label ?? 0
