import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { parseOperationInput } from '../../contract/operations/parse-input.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type OperationContext } from '../../contract/progress.js'
import { identity4, maxDifference } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { readVolume } from '../read-volume.js'
import { quietContext } from '../testing/quiet-context.js'
import { realData } from '../testing/real-data.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from '../transform-file/read-transform.js'
import { type VoxelArray } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { crop } from './crop.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [12, 10, 8],
  spacingMm: [1, 1, 2],
  originMm: [-40, 25, 100],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}
const voxelAt = ([i, j, k]: readonly number[]) => i + 12 * (j + 10 * k)
const hounsfield = Int16Array.from({ length: 960 }, (_, index) => index - 1000)
/** Label 3 about the middle, label 4 at the low end of i, label 9 inside the box of 3. */
const labels = new Uint8Array(960)
for (const place of [
  [5, 4, 3],
  [7, 6, 4],
])
  labels[voxelAt(place)] = 3
labels[voxelAt([0, 5, 4])] = 4
labels[voxelAt([6, 5, 4])] = 9

beforeAll(async () => {
  await writeVolume(folder.file('ct.nii.gz'), { grid, voxels: hounsfield })
  await writeVolume(folder.file('seg.nii.gz'), { grid, voxels: labels })
})

type Request = OperationRequest<'crop'>

const run = (changes: Partial<Request>, context: Partial<OperationContext> = {}) =>
  crop(
    parseOperationInput('crop', {
      volume: { path: folder.file('ct.nii.gz') },
      labelsPath: folder.file('seg.nii.gz'),
      structures: [{ name: 'right-knee', labels: [3] }],
      paddingMm: 2,
      folder: folder.file(`out-${Math.random().toString(36).slice(2)}`),
      caseName: 'p01',
      ...changes,
    }),
    { ...quietContext(), ...context },
  )

const read = (path: string) => readVolume({ path, acceptGeometry: false })
const valuesIn = (voxels: VoxelArray) => [...new Set(voxels)].sort((a, b) => a - b)

describe('crop', () => {
  it('cuts CT and label map to the padded box, each voxel at its place and of its type', async () => {
    const { structures } = await run({})
    const [{ start, size, cutPadding, originalFromMirrored, volume: volumePath }] = structures
    expect({ start, size, cutPadding, originalFromMirrored }).toEqual({
      start: [3, 2, 2],
      size: [7, 7, 4],
      cutPadding: [],
      originalFromMirrored: null,
    })
    expect(volumePath).toMatch(/p01_right-knee\.nii\.gz$/)
    const { volume, summary } = await read(volumePath)
    expect(summary.storedType).toBe('int16')
    expect(volume.grid.originMm).toEqual([-37, 23, 104])
    expect(volume.voxels[1 + 7 * (2 + 7 * 3)]).toBe(hounsfield[voxelAt([4, 4, 5])])
    const cropped = await read(structures[0].labels ?? '')
    expect(cropped.volume.grid).toEqual(volume.grid)
    expect(valuesIn(cropped.volume.voxels)).toEqual([0, 3, 9])
  })

  it('joins labels to one structure and says where the volume cuts the padding', async () => {
    const { structures } = await run({ structures: [{ name: 'both', labels: [3, 4] }] })
    expect(structures[0]).toMatchObject({
      start: [0, 2, 2],
      size: [10, 7, 4],
      cutPadding: [{ end: 'right', missingMm: 2 }],
    })
  })

  it('cuts out a box given in voxels, without a label map or along with it', async () => {
    const box = { unit: 'voxels', name: 'hip', first: [3, 2, 2], last: [9, 8, 5] } as const
    const alone = await run({ structures: [], labelsPath: undefined, box })
    expect(alone.structures).toMatchObject([
      { structure: 'hip', start: [3, 2, 2], size: [7, 7, 4], cutPadding: [], labels: null, transform: null },
    ])
    const out = await run({ box })
    const [knee, hip] = out.structures
    expect([knee.structure, hip.structure]).toEqual(['right-knee', 'hip'])
    // The structure's padded box is the same one.
    expect((await read(hip.volume)).volume).toEqual((await read(knee.volume)).volume)
    expect((await read(hip.labels ?? '')).volume).toEqual((await read(knee.labels ?? '')).volume)
    expect((await read(alone.structures[0].volume)).volume).toEqual((await read(hip.volume)).volume)
  })

  it('does a box again when it has changed, and only then', async () => {
    const out = folder.file('box-again')
    const cut = (last: readonly [number, number, number]) =>
      run({
        structures: [],
        box: { unit: 'voxels', first: [0, 0, 0], last },
        folder: out,
      })
    expect((await cut([4, 4, 4])).isUpToDate).toBe(false)
    expect((await cut([4, 4, 4])).isUpToDate).toBe(true)
    expect((await cut([4, 4, 3])).isUpToDate).toBe(false)
    const record = await readFile(join(out, 'p01_box.provenance.json'), 'utf8')
    expect(record).toContain('"last"')
  })

  it('mirrors the structures of one side by reversing voxels, and writes the transform that undoes it', async () => {
    const structures = [
      { name: 'right-knee', labels: [3] },
      { name: 'left-knee', labels: [4] },
    ]
    const plain = await run({ structures })
    const mirrored = await run({ structures, mirror: 'right' })
    expect(mirrored.structures.map(({ transform }) => transform === null)).toEqual([false, true])
    const [right] = mirrored.structures
    expect(right.volume).toMatch(/p01_right-knee_mirrored\.nii\.gz$/)
    const before = (await read(plain.structures[0].volume)).volume
    const after = (await read(right.volume)).volume
    expect(after.grid).toEqual(before.grid)
    const reversed = before.voxels.slice()
    for (let row = 0; row < reversed.length; row += 7) reversed.subarray(row, row + 7).reverse()
    expect(after.voxels).toEqual(reversed)
    const { matrix } = await readTransformFile(right.transform ?? '')
    // The box spans x from -37 to -31 mm, so its middle plane is x = -34.
    const acrossMiddle: Matrix4 = [
      [-1, 0, 0, -68],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]
    expect(maxDifference(matrix, acrossMiddle)).toBe(0)
    expect(maxDifference(matrix, right.originalFromMirrored ?? identity4)).toBe(0)
  })

  it('refuses to mirror what it cannot tell the side of, before anything is written', async () => {
    const out = folder.file('refused')
    const structures = [
      { name: 'right-knee', labels: [3] },
      { name: 'pelvis', labels: [4] },
    ]
    await expect(run({ structures, mirror: 'right', folder: out })).rejects.toThrow('the name "pelvis"')
    await expect(readdir(out)).rejects.toThrow('ENOENT')
  })

  it('warns where the mirror plane is not that of the patient', async () => {
    const turned = { ...grid, direction: rotationFromVector([0, 0, 0.1]) }
    await writeVolume(folder.file('turned.nrrd'), { grid: turned, voxels: hounsfield })
    await writeVolume(folder.file('turned-seg.nrrd'), { grid: turned, voxels: labels })
    const { structures } = await run({
      volume: { path: folder.file('turned.nrrd') },
      labelsPath: folder.file('turned-seg.nrrd'),
      mirror: 'right',
    })
    expect(structures[0].warnings).toEqual([expect.stringContaining('turned by 5.7°')])
  })

  it('takes labels on another grid at their place in millimetres', async () => {
    const flipped: VolumeGrid = {
      ...grid,
      originMm: [-29, 25, 100],
      direction: [
        [-1, 0, 0],
        [0, -1, 0],
        [0, 0, 1],
      ],
    }
    const other = labels.slice()
    for (let row = 0; row < other.length; row += 12) other.subarray(row, row + 12).reverse()
    await writeVolume(folder.file('flipped.nii.gz'), { grid: flipped, voxels: other })
    const { structures } = await run({ labelsPath: folder.file('flipped.nii.gz') })
    expect(structures[0]).toMatchObject({ start: [3, 2, 2], size: [7, 7, 4] })
    expect(structures[0].warnings).toEqual([expect.stringContaining('another grid')])
  })

  it('does again only what is not done, structure by structure', async () => {
    const out = folder.file('again')
    const knee = { name: 'right-knee', labels: [3] }
    await run({ structures: [knee], folder: out })
    const both = await run({ structures: [knee, { name: 'other', labels: [4] }], folder: out })
    expect(both.structures.map(({ isUpToDate }) => isUpToDate)).toEqual([true, false])
    expect(both.isUpToDate).toBe(false)
    expect((await run({ structures: [knee], folder: out, paddingMm: 0 })).isUpToDate).toBe(false)
    await writeFile(both.structures[1].volume, 'edited')
    await expect(run({ structures: [{ name: 'other', labels: [4] }], folder: out })).rejects.toMatchObject({
      code: 'output-exists',
    })
    expect(await readFile(both.structures[1].volume, 'utf8')).toBe('edited')
  })

  it.each([
    ['an absent label', { structures: [{ name: 'hip', labels: [7] }] }, 'labels-invalid'],
    ['a CT as label map', { labelsPath: 'ct.nii.gz' }, 'labels-invalid'],
    ['a missing label map', { labelsPath: 'nowhere.nii.gz' }, 'file-not-found'],
    [
      'two structures of one name',
      {
        structures: [
          { name: 'Hip', labels: [3] },
          { name: 'hip', labels: [4] },
        ],
      },
      'input-invalid',
    ],
  ])('refuses %s', async (_, changes: Partial<Request>, code) => {
    const { labelsPath = 'seg.nii.gz' } = changes
    await expect(run({ ...changes, labelsPath: folder.file(labelsPath) })).rejects.toMatchObject({ code })
  })

  it('refuses to cut nothing, and structures without a label map', () => {
    expect(() => run({ structures: [] })).toThrow('Either structures or a box')
    expect(() => run({ labelsPath: undefined })).toThrow('Structures are cut out by a label map')
  })

  it('refuses names that would leave the folder', () => {
    expect(() => run({ structures: [{ name: '../hip', labels: [3] }] })).toThrow('Names begin with')
    expect(() => run({ caseName: 'a/b' })).toThrow('no slashes')
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController()
    const out = folder.file('cancelled')
    const onProgress: OperationContext['onProgress'] = ({ message }) => {
      if (message.startsWith('Writing the labels')) controller.abort()
    }
    await expect(run({ folder: out }, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    })
    await expect(readdir(out)).rejects.toThrow('ENOENT')
  })

  const chest = realData('ct-chest-lidc', 'ct.nii.gz')
  it.skipIf(chest === null)('cuts a vertebra out of a real CT whose rows run backwards', async () => {
    const { structures } = await run({
      volume: { path: chest ?? '' },
      labelsPath: (chest ?? '').replace('ct.nii.gz', 'mask.nii.gz'),
      structures: [{ name: 'T8', labels: [36] }],
      paddingMm: 5,
    })
    const { start, size } = structures[0]
    // By NumPy: extent of label 36 in the label map, whose rows run the other way (j 82 to 187 of 512), padded by
    // round(5 / spacing) and clamped, in the CT's indices.
    expect({ start, size }).toEqual({ start: [185, 324, 54], size: [104, 106, 27] })
  })
})
