import { type Item } from './item.js'

/** A value of a JSON file as an item; rows of numbers are shown as a whole. */
export function jsonItem(value: unknown): Item {
  if (value === null) return { type: 'none' }
  if (typeof value === 'number') return { type: 'number', value: () => value }
  if (typeof value === 'boolean') return { type: 'truth value', value: () => value }
  if (typeof value === 'string') return { type: 'text', value: () => value }
  if (Array.isArray(value)) return listItem(value)
  const entries = Object.entries(value ?? {})
  return {
    type: `dictionary of ${entries.length}`,
    members: () => entries.map(([name, member]) => ({ name, item: jsonItem(member) })),
  }
}

function listItem(values: readonly unknown[]): Item {
  const type = `list of ${values.length}`
  const members = () => values.map((member, n) => ({ name: `[${n}]`, item: jsonItem(member) }))
  const rows = values.filter(isRow)
  if (rows.length === values.length && values.length > 0) {
    return { type, members, elements: rows.flat().length, value: () => rows.map((row) => [...row]) }
  }
  if (isRow(values) && values.length > 0) {
    return { type, members, elements: values.length, value: () => [...values] }
  }
  return { type, members }
}

const isRow = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number')
