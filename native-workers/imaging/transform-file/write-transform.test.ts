import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import { writeTransformInputSchema } from '../../contract/operations/transform.js'
import {
  affine,
  diagonal3,
  identity4,
  invertAffine,
  maxDifference,
  multiply4,
  transformPoint,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransform } from './read-transform.operation.js'
import { writeTransform } from './write-transform.operation.js'
import { writeTransformFile } from './write-transform.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const first = affine(rotationFromVector([0.3, -0.2, 0.4]), [10, -20, 30])
const second = affine(rotationFromVector([-0.5, 0.1, 0.2]), [-5, 60, 7])

const write = (members: readonly object[], name: string, force = false) =>
  writeTransform(
    writeTransformInputSchema.parse({ members, outputPath: folder.file(name), force }),
    quietContext(),
  )
const read = (name: string) => readTransform({ path: folder.file(name) }, quietContext())
const matrix = (originalFromMoved: Matrix4) => ({ kind: 'matrix', originalFromMoved })

beforeAll(async () => {
  await writeTransformFile(folder.file('first.tfm'), first)
  await writeTransformFile(folder.file('second.mat'), second)
})

describe('write-transform', () => {
  it('moves a point by the first, then by the second', async () => {
    const members = [
      { kind: 'file', path: folder.file('first.tfm') },
      { kind: 'file', path: folder.file('second.mat') },
    ]
    const { originalFromMoved, isUpToDate } = await write(members, 'both.h5')
    expect(isUpToDate).toBe(false)
    const moved = transformPoint(invertAffine(second), transformPoint(invertAffine(first), [1, 2, 3]))
    const back = transformPoint(originalFromMoved, moved)
    back.forEach((value, axis) => {
      expect(value).toBeCloseTo([1, 2, 3][axis], 10)
    })
    expect(maxDifference((await read('both.h5')).originalFromMoved, originalFromMoved)).toBeLessThan(1e-12)
    expect((await write(members, 'both.h5')).isUpToDate).toBe(true)
  })

  it('writes an inverse, and back again what it was', async () => {
    await write([{ kind: 'file', path: folder.file('first.tfm'), invert: true }], 'inverse.txt')
    const { originalFromMoved } = await read('inverse.txt')
    expect(maxDifference(multiply4(originalFromMoved, first), identity4)).toBeLessThan(1e-12)
  })

  it('tells mirror images, stretches and what is singular', async () => {
    await write([matrix(affine(diagonal3(-1, 1, 1), [4, 0, 0]))], 'mirror.tfm')
    expect((await read('mirror.tfm')).motion).toMatchObject({ kind: 'mirror', isMirror: true })
    const stretched = await write([matrix(affine(diagonal3(0.5, 1, 1), [0, 0, 0]))], 'stretched.tfm')
    // The volume grows where its points come from half as far.
    expect(stretched.motion).toMatchObject({ kind: 'affine', isMirror: false, stretches: [2, 1, 1] })
    expect((await read('first.tfm')).motion.kind).toBe('rigid')
    await expect(write([matrix(affine(diagonal3(0, 1, 1), [0, 0, 0]))], 'flat.tfm')).rejects.toMatchObject({
      code: 'geometry-invalid',
    })
  })

  it('refuses other endings, and to write over what it did not write', async () => {
    await expect(write([matrix(first)], 'first.json')).rejects.toMatchObject({ code: 'format-unsupported' })
    await expect(write([matrix(second)], 'first.tfm')).rejects.toMatchObject({ code: 'output-exists' })
    expect((await write([matrix(first)], 'first.tfm', true)).isUpToDate).toBe(false)
  })
})
