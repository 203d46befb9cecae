/** Label numbers from "1, 2 5"; null where something is not a positive whole number. Empty text is no label. */
export function structuresFromText(source: string): readonly number[] | null {
  const parts = source.split(/[\s,;]+/).filter((part) => part !== '')
  const numbers = parts.map(Number)
  return numbers.every((value) => Number.isInteger(value) && value > 0) ? numbers : null
}
