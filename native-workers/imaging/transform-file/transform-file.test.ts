import { readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { affine, maxDifference, transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from './read-transform.js'
import { writeTransformFile } from './write-transform.js'

const folder = temporaryFolder({ beforeAll, afterAll })

const rigid = affine(rotationFromVector([0.4, -1.1, 0.3]), [123.456789012345, -2e5 / 7, Math.SQRT2])
const sheared: Matrix4 = [
  [1 / 3, 0.1, -1e-17, 12],
  [0, -1.7, 0.2, 1e-9],
  [0.05, 0, 0.9, -1e6 / 3],
  [0, 0, 0, 1],
]

describe.each(['tfm', 'txt', 'h5', 'hdf5', 'mat'])('a transform file .%s', (ending) => {
  it.each([
    ['rigid', rigid],
    ['affine', sheared],
  ])('keeps a %s matrix in double precision', async (name, matrix) => {
    const path = folder.file(`${name} ${ending}.${ending}`)
    await writeTransformFile(path, matrix)
    const read = await readTransformFile(path)
    expect(read.typeName).toBe('AffineTransform')
    expect(maxDifference(read.matrix, matrix)).toBeLessThan(1e-12)
  })

  it('is refused in words when it is damaged, and leaves nothing when its folder is missing', async () => {
    const path = folder.file(`damaged.${ending}`)
    await writeFile(path, 'no transform at all')
    await expect(readTransformFile(path)).rejects.toMatchObject({ code: 'file-unreadable' })
    await writeTransformFile(path, rigid)
    await writeFile(path, (await readFile(path)).subarray(0, 120))
    await expect(readTransformFile(path)).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(writeTransformFile(folder.file(`none/t.${ending}`), rigid)).rejects.toMatchObject({
      code: 'output-unwritable',
    })
  })
})

const text = (...transforms: readonly (readonly [type: string, parameters: string, fixed: string])[]) =>
  transforms
    .map(
      ([type, parameters, fixed], index) =>
        `#Transform ${index}\nTransform: ${type}\nParameters: ${parameters}\nFixedParameters: ${fixed}\n`,
    )
    .join('')
    .replace(/^/, '#Insight Transform File V1.0\n')

let count = 0
async function readText(content: string) {
  const path = folder.file(`text ${count++}.tfm`)
  await writeFile(path, content)
  return readTransformFile(path)
}

const point: Vector3 = [4, -5, 6]
const versor = '0.1 0.2 0.3 1 2 3'
const centre = '10 20 30'

// The images of the point were computed with numpy from the definitions in ITK's software guide.
it.each<readonly [type: string, parameters: string, fixed: string, image: Vector3]>([
  ['Euler3DTransform_double_3_3', versor, centre, [7.519445260853926, -2.781257918569512, 8.286137600910216]],
  [
    'Euler3DTransform_float_3_3',
    versor,
    `${centre} 0`,
    [7.519445260853926, -2.781257918569512, 8.286137600910216],
  ],
  [
    'Euler3DTransform_double_3_3',
    versor,
    `${centre} 1`,
    [7.019220085938871, -2.761435687392904, 8.341843256745392],
  ],
  [
    'VersorRigid3DTransform_double_3_3',
    versor,
    centre,
    [9.12775398756768, -0.0071657805405145325, 5.6288591911711165],
  ],
  [
    'QuaternionRigidTransform_double_3_3',
    '0.1 0.2 0.3 0.9273618495495703 1 2 3',
    centre,
    [9.12775398756768, -0.0071657805405145325, 5.6288591911711165],
  ],
  [
    'Similarity3DTransform_double_3_3',
    `${versor} 1.5`,
    centre,
    [8.19163098135152, -11.010748670810777, -8.056711213243332],
  ],
  [
    'ScaleVersor3DTransform_double_3_3',
    `${versor} 1.5 1.2 0.9`,
    centre,
    [6.1277539875676785, -5.0071657805405145, 8.028859191171115],
  ],
  [
    'ScaleSkewVersor3DTransform_double_3_3',
    `${versor} 1.5 1.2 0.9 0.1 0.2 0.3 0.4 0.5 0.6`,
    centre,
    [-1.1722460124323213, -16.40716578054051, -9.971140808828885],
  ],
  ['AffineTransform_double_3_3', '1 0.1 0 0 1 0.2 0 0 1 1 2 3', centre, [2.5, -7.8, 9]],
  ['MatrixOffsetTransformBase_double_3_3', '1 0.1 0 0 1 0.2 0 0 1 1 2 3', centre, [2.5, -7.8, 9]],
  ['ScaleTransform_double_3_3', '2 3 4', centre, [-2, -55, -66]],
  ['TranslationTransform_double_3_3', '1 2 3', '', [5, -3, 9]],
  ['IdentityTransform_double_3_3', '', '', [4, -5, 6]],
])('%s (%s; %s) moves points as ITK does', async (type, parameters, fixed, image) => {
  const { matrix, typeName } = await readText(text([type, parameters, fixed]))
  expect(type).toContain(typeName)
  transformPoint(matrix, point).forEach((value, axis) => {
    expect(value).toBeCloseTo(image[axis], 12)
  })
})

describe('readTransformFile', () => {
  it('composes the members of a composite, the last one first', async () => {
    const { matrix, typeName } = await readText(
      text(
        ['CompositeTransform_double_3_3', '', ''],
        ['Euler3DTransform_double_3_3', versor, centre],
        ['TranslationTransform_double_3_3', '5 6 7', ''],
      ),
    )
    expect(typeName).toBe('CompositeTransform')
    const image = transformPoint(matrix, point)
    const expected = [11.938317888869692, 4.2216741848227635, 14.722946332933478]
    image.forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[axis], 12)
    })
  })

  it.each([
    ['a B-spline', text(['BSplineTransform_double_3_3', '0 0 0', '1 1 1']), 'deforms'],
    [
      'a displacement field in a composite',
      text(['CompositeTransform_double_3_3', '', ''], ['DisplacementFieldTransform_double_3_3', '', '1 2']),
      'deforms',
    ],
    ['a kind nobody knows', text(['FooTransform_double_3_3', '1', '']), 'not supported'],
    ['a two-dimensional one', text(['AffineTransform_double_2_2', '1 0 0 1 2 3', '0 0']), '2 dimensions'],
    [
      'a list of two',
      text(
        ['TranslationTransform_double_3_3', '1 2 3', ''],
        ['TranslationTransform_double_3_3', '1 2 3', ''],
      ),
      'how they belong together',
    ],
    ['an empty composite', text(['CompositeTransform_double_3_3', '', '']), 'could not be read'],
  ])('refuses %s in words', async (_, content, words) => {
    await expect(readText(content)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining(words) as string,
    })
  })

  it('tells a damaged file, an unknown ending and a missing file', async () => {
    await expect(readText(text(['TranslationTransform_double_3_3', '1 nan 3', '']))).rejects.toThrow(
      'damaged',
    )
    await expect(readText(text(['Euler3DTransform_double_3_3', '1 2 3', centre]))).rejects.toThrow(
      '6 parameters',
    )
    await expect(readText(text(['VersorRigid3DTransform_double_3_3', versor, '']))).rejects.toThrow(
      'a centre',
    )
    await writeFile(folder.file('ct.nii'), 'x')
    await expect(readTransformFile(folder.file('ct.nii'))).rejects.toMatchObject({ code: 'format-unknown' })
    await expect(readTransformFile(folder.file('none.tfm'))).rejects.toMatchObject({ code: 'file-not-found' })
  })

  it('leaves only finished files', async () => {
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
