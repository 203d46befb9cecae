import { readFile, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { readNiftiHeader } from '../headers/nifti-header.js'
import { readItkImage } from '../itk/image-io.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { writeVolume } from '../write-volume.js'
import { readPlainNifti } from './plain-nifti.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
const grid: VolumeGrid = {
  size: [6, 5, 4],
  spacingMm: [0.9, 1.1, 2.5],
  originMm: [-12, 30.5, 7],
  direction: [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, -1],
  ],
}
const values = Array.from({ length: 120 }, (_, index) => (index * 7) % 120)

/** A file of the encoder with `edit` made in its header. */
async function edited(name: string, edit: (bytes: Buffer) => void): Promise<string> {
  const path = folder.file(name)
  await writeVolume(path, { grid, voxels: Int16Array.from(values) })
  const bytes = await readFile(path)
  edit(bytes)
  await writeFile(path, bytes)
  return path
}

describe('readPlainNifti', () => {
  const types = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array] as const
  it.each([...types, Float32Array, Float64Array])('gives what the decoder gives: %o', async (type) => {
    for (const format of ['nifti', 'nifti-gz'] as const) {
      const path = folder.file(`${type.name}.nii${format === 'nifti' ? '' : '.gz'}`)
      await writeVolume(path, { grid, voxels: type.from(values) })
      const plain = await readPlainNifti(await readNiftiHeader(path, format === 'nifti-gz'))
      expect(plain).toEqual(await readItkImage(path, format))
    }
  })

  it('gives what the decoder gives for a header with an extension', async () => {
    const path = await edited('extended.nii', () => undefined)
    const plain = await readFile(path)
    const extended = Buffer.concat([plain.subarray(0, 352), Buffer.alloc(32), plain.subarray(352)])
    extended.writeFloatLE(384, 108)
    extended[348] = 1
    extended.writeInt32LE(32, 352)
    extended.writeInt32LE(6, 356)
    await writeFile(path, extended)
    expect(await readPlainNifti(await readNiftiHeader(path, false))).toEqual(
      await readItkImage(path, 'nifti'),
    )
  })

  it.each([
    ['a slope', (bytes: Buffer) => bytes.writeFloatLE(2, 112)],
    ['an intercept', (bytes: Buffer) => bytes.writeFloatLE(-1024, 116)],
    ['an intercept without a slope', (bytes: Buffer) => bytes.fill(0, 112, 116).writeFloatLE(5, 116)],
    ['an unknown magic word', (bytes: Buffer) => bytes.fill(0, 344, 348)],
  ])('leaves %s to the decoder', async (name, edit) => {
    const header = await readNiftiHeader(await edited(`${name}.nii`, edit), false)
    expect(header.plainType).toBeNull()
    expect(await readPlainNifti(header)).toBeNull()
  })

  it('tells damage, a missing end and a cancel apart', async () => {
    const path = await edited('whole.nii', () => undefined)
    const bytes = await readFile(path)
    const packed = gzipSync(bytes)
    const cut = folder.file('cut.nii')
    await writeFile(cut, bytes.subarray(0, 500))
    await expect(readPlainNifti(await readNiftiHeader(cut, false))).rejects.toMatchObject({
      code: 'file-truncated',
    })
    const damaged = folder.file('damaged.nii.gz')
    await writeFile(damaged, packed)
    const header = await readNiftiHeader(damaged, true)
    await writeFile(damaged, Buffer.concat([packed.subarray(0, 60), Buffer.alloc(200, 0xff)]))
    await expect(readPlainNifti(header)).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(
      readPlainNifti(await readNiftiHeader(path, false), AbortSignal.abort()),
    ).rejects.toMatchObject({ code: 'cancelled' })
  })
})
