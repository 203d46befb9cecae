import { UserError } from '../../contract/errors.js'
import { type InspectedNode, type InspectedValue } from '../../contract/operations/inspect.js'

/** Something inside a file, whose members and numbers are only read when they are shown. */
export interface Item {
  readonly type: string
  /** Not shown in a tree where there is a value, but found by name. */
  readonly members?: () => readonly Member[]
  /** How many numbers `value` has; absent for single values. */
  readonly elements?: number
  readonly value?: () => InspectedValue | Promise<InspectedValue>
}

export interface Member {
  /** "[2]" for the members of a list. */
  readonly name: string
  readonly item: Item
}

export interface TreeLimits {
  readonly members: number
  readonly elements: number
}

/** What a person reads at a glance. */
export const glance: TreeLimits = { members: 200, elements: 32 }
/** What a person asked for by its name. */
export const wholeValue: TreeLimits = { members: 10_000, elements: 100_000 }

/** Files can name themselves within themselves, so that their tree has no end. */
const deepest = 24
const mostNodes = 20_000

/** The tree of an item, as far as the limits let it. */
export async function treeOf(name: string, item: Item, limits: TreeLimits): Promise<InspectedNode> {
  let nodes = 0
  const nodeOf = async (
    nodeName: string,
    { type, members, elements = 1, value }: Item,
    depth: number,
  ): Promise<InspectedNode> => {
    nodes++
    const isShown = value !== undefined && elements <= limits.elements
    const all = value === undefined ? (members?.() ?? []) : []
    const children: InspectedNode[] = []
    for (const member of all.slice(0, depth < deepest ? limits.members : 0)) {
      if (nodes >= mostNodes) break
      children.push(await nodeOf(member.name, member.item, depth + 1))
    }
    return {
      name: nodeName,
      type,
      ...(isShown ? { value: await value() } : {}),
      children,
      hidden: all.length - children.length,
    }
  }
  return nodeOf(name, item, 0)
}

/**
 * The member that a path such as "drr.sdd" or "scales[0]" names; names may themselves hold dots, the longest goes first.
 * Errors: `input-invalid`, naming the members that there are.
 */
export function memberAt(root: Item, path: string): Item {
  let [current, rest, done] = [root, path, '']
  while (rest !== '') {
    const members = current.members?.() ?? []
    const found = members
      .filter(({ name }) => rest === name || rest.startsWith(`${name}.`) || rest.startsWith(`${name}[`))
      .sort((a, b) => b.name.length - a.name.length)
      .at(0)
    if (found === undefined) {
      const names = members.slice(0, 20).map(({ name }) => name)
      throw new UserError(
        'input-invalid',
        `There is no "${rest}"${done === '' ? '' : ` in "${done}"`}.`,
        names.length === 0
          ? 'Nothing lies below.'
          : `There is: ${names.join(', ')}${members.length > 20 ? ', ...' : ''}.`,
      )
    }
    done = path.slice(0, path.length - rest.length + found.name.length)
    rest = rest.slice(found.name.length).replace(/^\./, '')
    current = found.item
  }
  return current
}

/** Row-major elements as nested rows; numbers that JSON does not have become texts. */
export function nested(elements: readonly unknown[], shape: readonly number[]): InspectedValue {
  if (shape.length === 0) return plain(elements[0])
  const [size, ...inner] = shape
  const stride = inner.reduce((product, each) => product * each, 1)
  return Array.from({ length: size }, (_, row) =>
    nested(elements.slice(row * stride, (row + 1) * stride), inner),
  )
}

export function plain(value: unknown): InspectedValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value !== 'number') return typeof value === 'bigint' ? value.toString() : null
  if (Number.isFinite(value)) return value
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}

/** "float32, 1 x 4 x 4", or "float32" for a single number. */
export const arrayType = (elementType: string, shape: readonly number[]): string =>
  shape.length === 0 ? elementType : `${elementType}, ${shape.join(' x ')}`
