import { describe, expect, it } from 'vitest'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { sideNotes, statedDirections } from './picture-sides.js'

/** From the front, the patient's head up: columns run towards L, rows towards I. */
const fromFront: Matrix4 = [
  [1, 0, 0, 0],
  [0, 0, -1, 0],
  [0, 1, 0, 900],
  [0, 0, 0, 1],
]
const fromBehind: Matrix4 = [
  [-1, 0, 0, 0],
  [0, 0, -1, 0],
  [0, -1, 0, 900],
  [0, 0, 0, 1],
]
const fromTheSide: Matrix4 = [
  [0, 1, 0, 0],
  [0, 0, -1, 0],
  [-1, 0, 0, 900],
  [0, 0, 0, 1],
]

describe('the sides of a picture', () => {
  it('are worth a word where the patient is seen from behind', () => {
    expect(sideNotes(fromFront, undefined)).toEqual([])
    expect(sideNotes(fromBehind, undefined)).toEqual([{ kind: 'left-on-left' }])
    expect(sideNotes(fromTheSide, undefined)).toEqual([])
  })

  it('are compared with what the file says', () => {
    expect(sideNotes(fromFront, 'L\\F')).toEqual([])
    expect(sideNotes(fromFront, 'R\\F')).toEqual([{ kind: 'mirrored', file: 'R I', pose: 'L I' }])
    expect(sideNotes(fromFront, 'R\\H')).toEqual([{ kind: 'turned', file: 'R S', pose: 'L I' }])
    // The conventional display of a picture taken from behind is its mirror image.
    expect(sideNotes(fromBehind, 'L\\F').map(({ kind }) => kind)).toEqual(['left-on-left', 'mirrored'])
    expect(sideNotes(fromTheSide, 'A\\F').map(({ kind }) => kind)).toEqual(['mirrored'])
  })

  it('are not guessed where the file is silent or names other axes', () => {
    expect(sideNotes(fromFront, 'A\\F')).toEqual([])
    for (const silent of [undefined, '', 'L', 'X\\F', '\\']) expect(statedDirections(silent)).toBeNull()
    expect(statedDirections('LA\\FP')).toEqual(['L', 'I'])
    expect(statedDirections(' r \\ h ')).toEqual(['R', 'S'])
  })
})
