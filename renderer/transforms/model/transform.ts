import type { Matrix4, Vector3 } from '../../../native-workers/contract/matrix.js'
import { inverseAffine, multiply4 } from '../../geometry/math.js'

/** A linear transform of the CT with the name that a person gave it. */
export interface NamedTransform {
  readonly id: string
  readonly name: string
  /**
   * Takes a point of the CT as it lies in its file to where it is moved, LPS mm: 3D Slicer's "to parent". Files hold the
   * inverse, which ITK's resampling takes.
   */
  readonly movedFromVolume: Matrix4
  /** The file or step that it came from; empty for one that was made by hand. */
  readonly source: string
}

/** What the turns are about: the middle of the CT, or a place of it. */
export type Pivot = { readonly kind: 'centre' } | { readonly kind: 'place'; readonly pointMm: Vector3 }

/** What is shown as moved while nothing is written. */
export type Preview = 'off' | 'ct' | 'labels'

/** The CT moved by the first, then by the second. */
export const inSequence = (first: Matrix4, second: Matrix4): Matrix4 => multiply4(second, first)

/** The name with a number behind it where it is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name} ${number}`)) number++
  return `${name} ${number}`
}

export const originalFromMoved = ({ movedFromVolume }: NamedTransform): Matrix4 =>
  inverseAffine(movedFromVolume)
