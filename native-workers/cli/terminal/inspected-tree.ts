import { type InspectedNode, type InspectedValue } from '../../contract/operations/inspect.js'

/** A tree of names, types and values, one per line, indented; matrices have their rows below. */
export function inspectedTreeText(tree: InspectedNode): string {
  return lines(tree, 0).join('\n').concat('\n')
}

function lines(node: InspectedNode, depth: number): string[] {
  const indent = '  '.repeat(depth)
  const head = [node.name, node.type].filter((part) => part !== '').join('  ')
  const rows = node.value === undefined ? [] : valueLines(node.value)
  const below = [
    ...(rows.length > 1 ? rows.map((row) => `${indent}    ${row}`) : []),
    ...node.children.flatMap((child) => lines(child, depth + 1)),
    ...(node.hidden > 0 ? [`${indent}  ... and ${node.hidden} more`] : []),
  ]
  return [`${indent}${head}${rows.length === 1 ? `  ${rows[0]}` : ''}`, ...below]
}

const isList = (value: InspectedValue): value is readonly InspectedValue[] => Array.isArray(value)

function valueLines(value: InspectedValue): string[] {
  if (!isList(value)) return [numberText(value)]
  const [only] = value
  // One picture of a batch of one: the outer axis says nothing.
  if (value.length === 1 && isList(only)) return valueLines(only)
  if (!value.some(isList)) return [`[${value.map(numberText).join(', ')}]`]
  return value.flatMap((row) => valueLines(row))
}

/** Numbers with up to seven digits, which is what float32 holds. */
function numberText(value: InspectedValue): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(7)))
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
