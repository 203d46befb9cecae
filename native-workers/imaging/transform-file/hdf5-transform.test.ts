import { File, ready } from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from './read-transform.js'

const folder = temporaryFolder({ beforeAll, afterAll })

interface Stored {
  readonly type: string
  readonly parameters: readonly number[]
  readonly fixed: readonly number[]
}

/** A file laid out as itkHDF5TransformIO does; `spelling` of the names before ITK 4.7. */
async function written(name: string, transforms: readonly Stored[], spelling = 'Transform'): Promise<string> {
  await ready
  const path = folder.file(name)
  const file = new File(path, 'w')
  const all = file.create_group('TransformGroup')
  transforms.forEach(({ type, parameters, fixed }, index) => {
    const group = all.create_group(String(index))
    group.create_dataset({ name: 'TransformType', data: [type] })
    group.create_dataset({ name: `${spelling}Parameters`, data: Float64Array.from(parameters) })
    group.create_dataset({ name: `${spelling}FixedParameters`, data: Float64Array.from(fixed) })
  })
  file.close()
  return path
}

const composite: Stored = { type: 'CompositeTransform_double_3_3', parameters: [], fixed: [] }
const shift = (x: number): Stored => ({
  type: 'TranslationTransform_double_3_3',
  parameters: [x, 0, 0],
  fixed: [],
})
const doubling: Stored = { type: 'ScaleTransform_double_3_3', parameters: [2, 2, 2], fixed: [0, 0, 0] }

describe('an HDF5 transform file', () => {
  it('holds composites; the member that was added last acts first, also beyond nine', async () => {
    const read = await readTransformFile(await written('composite.h5', [composite, shift(3), doubling]))
    expect(read.typeName).toBe('CompositeTransform')
    // 2 x + 3
    expect(read.matrix[0]).toEqual([2, 0, 0, 3])
    const many = [composite, ...Array.from({ length: 10 }, () => shift(1)), doubling]
    expect((await readTransformFile(await written('many.h5', many))).matrix[0]).toEqual([2, 0, 0, 10])
  })

  it('is read in the spelling of older versions', async () => {
    const path = await written('old.h5', [shift(4)], 'Tranform')
    expect((await readTransformFile(path)).matrix[0]).toEqual([1, 0, 0, 4])
  })

  it('is refused in words where a member deforms, and where it holds no transforms', async () => {
    const deformed = { type: 'BSplineTransform_double_3_3', parameters: [0, 0, 0], fixed: [1, 1, 1] }
    await expect(written('deforms.h5', [composite, deformed]).then(readTransformFile)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('deforms') as string,
    })
    await expect(written('empty.h5', []).then(readTransformFile)).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })
})
