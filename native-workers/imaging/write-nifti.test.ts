import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { rotationFromVector } from '../geometry/rigid.js'
import { writeItkImage } from './itk/image-io.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { type VoxelArray } from './volume.js'
import { isNiftiSize, writeNifti } from './write-nifti.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [7, 300, 5],
  spacingMm: [0.7, 1.1, 2.5],
  originMm: [-123.4, 88.8, 7],
  direction: rotationFromVector([0.3, -0.8, 0.2]),
}
const length = 7 * 300 * 5

describe('writeNifti', () => {
  it.each([
    ['int8', Int8Array],
    ['uint8', Uint8Array],
    ['int16', Int16Array],
    ['uint16', Uint16Array],
    ['int32', Int32Array],
    ['uint32', Uint32Array],
    ['float32', Float32Array],
    ['float64', Float64Array],
  ] as const)('writes what the encoder itself writes, byte for byte (%s)', async (name, Type) => {
    const voxels: VoxelArray = new Type(length).map((_: number, n: number) => (n * 7919) % 113)
    await writeItkImage(folder.file(`${name} encoder.nii`), grid, voxels)
    await writeNifti(folder.file(`${name}.nii`), { grid, voxels })
    await writeNifti(folder.file(`${name}.nii.gz`), { grid, voxels })
    const expected = await readFile(folder.file(`${name} encoder.nii`))
    expect((await readFile(folder.file(`${name}.nii`))).equals(expected)).toBe(true)
    expect(gunzipSync(await readFile(folder.file(`${name}.nii.gz`))).equals(expected)).toBe(true)
  })

  it('takes the part of a buffer that the voxels are, and leaves no other file', async () => {
    // What is read comes in shared memory.
    const whole = new Int16Array(new SharedArrayBuffer(2 * length + 20))
    for (let n = 0; n < whole.length; n++) whole[n] = n % 1000
    await writeNifti(folder.file('part.nii'), { grid, voxels: whole.subarray(4, length + 4) })
    const bytes = await readFile(folder.file('part.nii'))
    expect(bytes.length).toBe(352 + 2 * length)
    expect([bytes.readInt16LE(352), bytes.readInt16LE(bytes.length - 2)]).toEqual([4, (length + 3) % 1000])
    await expect(readFile(folder.file('part.nii.head.nii'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('knows which sizes the format can count', () => {
    expect(isNiftiSize({ ...grid, size: [32767, 1, 1] })).toBe(true)
    expect(isNiftiSize({ ...grid, size: [2, 32768, 2] })).toBe(false)
  })
})
