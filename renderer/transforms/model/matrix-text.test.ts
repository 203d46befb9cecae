import { describe, expect, it } from 'vitest'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { matrixFromText, matrixText } from './matrix-text.js'

const matrix: Matrix4 = [
  [0, -1, 0, 12.5],
  [1, 0, 0, -3e-2],
  [0, 0, 1, 7],
  [0, 0, 0, 1],
]

describe('a matrix from text', () => {
  it.each([
    ['as it is copied', matrixText(matrix)],
    ['in one line', '0 -1 0 12.5 1 0 0 -3e-2 0 0 1 7 0 0 0 1'],
    ['JSON of a pose file', JSON.stringify({ schema: 'isocenter/pose@1', worldFromVolume: matrix })],
    [
      'NumPy',
      'array([[0., -1., 0., 12.5], [1., 0., 0., -0.03], [0., 0., 1., 7.], [0., 0., 0., 1.]], dtype=float64)',
    ],
    ['MATLAB', '[0 -1 0 12.5; 1 0 0 -0.03; 0 0 1 7; 0 0 0 1]'],
    ['C', '{{0,-1,0,12.5},{1,0,0,-.03},{0,0,1,7},{0,0,0,1}};'],
    ['three rows', '0,-1,0,12.5\n1,0,0,-0.03\r\n0,0,1,7'],
    ['columns', '0 1 0 0  -1 0 0 0  0 0 1 0  12.5 -0.03 7 1'],
  ])('is read: %s', (name, source) => {
    expect(matrixFromText(source)).toEqual({ kind: 'read', matrix, byColumns: name === 'columns' })
  })

  it.each([
    ['', { kind: 'count', found: 0 }],
    ['1 2 3', { kind: 'count', found: 3 }],
    ['0 -1 0 12 1 0 0 3 0 0 1 7 0 0 2 1', { kind: 'last-row' }],
    ['1 0 0 0 2 0 0 0 0 0 1 0 0 0 0 1', { kind: 'singular' }],
    ['#Insight Transform File V1.0\nParameters: 1 0 0 0 1 0 0 0 1 0 0 0', { kind: 'file' }],
  ])('is refused: %j', (source, refusal) => {
    expect(matrixFromText(source)).toEqual({ kind: 'refused', refusal })
  })
})
