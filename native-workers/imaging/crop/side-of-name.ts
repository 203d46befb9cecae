import { type Side } from '../../contract/operations/crop.js'

const sides: Readonly<Record<string, Side>> = { left: 'left', l: 'left', right: 'right', r: 'right' }

/**
 * The side of the body that a structure's name tells by a word of its own: "right-femur", "R-tibia", "kidney_left",
 * "hip L", "rightFemur2". The letter of a vertebra, as in "L5", is no side. Undefined where it tells none, or both.
 */
export function sideOfName(name: string): Side | undefined {
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/(?<=\p{L}{2})\p{N}+$/u, ''))
  const found = new Set(words.flatMap((word) => (Object.hasOwn(sides, word) ? [sides[word]] : [])))
  return found.size === 1 ? [...found][0] : undefined
}
