import { type Matrix4 } from '../../contract/matrix.js'

/** A pose and its loss at the stage that it went through last. */
export interface Candidate {
  readonly worldFromVolume: Matrix4
  readonly loss: number
}
