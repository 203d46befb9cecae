import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OperationRequest } from '../../contract/operations/index.js'
import { parseOperationInput } from '../../contract/operations/parse-input.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type OperationContext } from '../../contract/progress.js'
import { readVolume } from '../read-volume.js'
import { realData } from '../testing/real-data.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { type VoxelArray } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { cleanLabels } from './clean-labels.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })

/** Oblique and left-handed, 2 mm3 per voxel. */
const grid: VolumeGrid = {
  size: [6, 3, 2],
  spacingMm: [1, 1, 2],
  originMm: [10, -20, 30],
  direction: [
    [0.8, 0.6, 0],
    [-0.6, 0.8, 0],
    [0, 0, -1],
  ],
}
/** Label 1 in parts of 3, 1 and 3 voxels, label 2 in one part of 2, label 5 in one of 1. */
const voxels = [
  [1, 1, 0, 0, 2, 2],
  [1, 0, 0, 0, 0, 0],
  [0, 0, 0, 1, 0, 5],
  [0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 1, 0],
  [0, 0, 0, 0, 1, 1],
].flat()
const firstPartOnly = voxels.map((label, index) => (label === 1 && index > 6 ? 0 : label))

const run = (request: OperationRequest<'clean-labels'>, context: Partial<OperationContext> = {}) =>
  cleanLabels(parseOperationInput('clean-labels', request), { ...quietContext(), ...context })

async function clean(
  source: VoxelArray,
  settings: Partial<OperationRequest<'clean-labels'>> = {},
  ending = '.nii.gz',
) {
  const labelsPath = folder.file(`map-${Math.random().toString(36).slice(2)}${ending}`)
  const outputPath = labelsPath.replace('map-', 'cleaned-')
  await writeVolume(labelsPath, { grid, voxels: source })
  const output = await run({ labelsPath, outputPath, ...settings })
  return { output, labelsPath, ...(await readVolume({ path: outputPath, acceptGeometry: false })) }
}

describe('clean-labels', () => {
  it('keeps the largest part of every label, and of equal ones the first in memory', async () => {
    const { output, volume, labelsPath } = await clean(Uint8Array.from(voxels))
    expect([...volume.voxels]).toEqual(firstPartOnly)
    expect(output.labels).toEqual([
      { label: 1, components: 3, kept: 1, voxelsBefore: 7, voxelsAfter: 3, removedMm3: 8 },
      { label: 2, components: 1, kept: 1, voxelsBefore: 2, voxelsAfter: 2, removedMm3: 0 },
      { label: 5, components: 1, kept: 1, voxelsBefore: 1, voxelsAfter: 1, removedMm3: 0 },
    ])
    const before = await readVolume({ path: labelsPath, acceptGeometry: false })
    expect(volume.grid).toEqual(before.volume.grid)
  })

  it('keeps as many parts as asked, or all from a volume on, whose bound counts', async () => {
    const two = await clean(Uint8Array.from(voxels), { keep: { kind: 'largest', count: 2 } })
    expect(two.output.labels[0]).toMatchObject({ kept: 2, voxelsAfter: 6 })
    const large = await clean(Uint8Array.from(voxels), { keep: { kind: 'min-volume', minVolumeMm3: 4 } })
    expect(large.output.labels.map(({ kept }) => kept)).toEqual([2, 1, 0])
    expect(large.output.warnings[0]).toContain('Nothing is left of label 5')
  })

  it('drops labels that were not asked for, or keeps them untouched', async () => {
    const dropped = await clean(Uint8Array.from(voxels), { labels: [1] })
    expect([...dropped.volume.voxels]).toEqual(firstPartOnly.map((label) => (label === 1 ? 1 : 0)))
    expect(dropped.output.others).toEqual([2, 5])
    const kept = await clean(Uint8Array.from(voxels), { labels: [1], others: 'keep' })
    expect([...kept.volume.voxels]).toEqual(firstPartOnly)
  })

  it('connects by corners where asked', async () => {
    const { output } = await clean(Uint8Array.from(voxels), { connectivity: 26 })
    expect(output.labels[0]).toMatchObject({ components: 2, voxelsAfter: 4 })
  })

  it.each([
    ['int16', Int16Array.from(voxels), '.nii'],
    ['int32', Int32Array.from(voxels), '.nrrd'],
    ['uint16', Uint16Array.from(voxels, (label) => 300 * label), '.mha'],
    ['float32', Float32Array.from(voxels), '.nii.gz'],
  ])('keeps the voxel type %s', async (type, source, ending) => {
    const { summary, volume } = await clean(source, {}, ending)
    expect(summary.storedType).toBe(type)
    const factor = type === 'uint16' ? 300 : 1
    expect([...volume.voxels]).toEqual(firstPartOnly.map((label) => factor * label))
  })

  it('is idempotent, and does nothing when run again', async () => {
    const { output } = await clean(Uint8Array.from(voxels))
    const again = { labelsPath: output.path, outputPath: folder.file('again.nii.gz') }
    const second = await run(again)
    expect(second.labels.every(({ removedMm3 }) => removedMm3 === 0)).toBe(true)
    expect(await readFile(again.outputPath)).toEqual(await readFile(output.path))
    expect(await run(again)).toEqual({ ...second, isUpToDate: true })
    expect(await readdir(folder.path)).toContain('again.nii.gz.provenance.json')
  })

  it('says which labels are absent, and refuses where none of the asked is there', async () => {
    const { output } = await clean(Uint8Array.from(voxels), { labels: [1, 3, 9] })
    expect(output.absent).toEqual([3, 9])
    expect(output.warnings).toEqual([
      expect.stringContaining('no voxels of labels 3, 9'),
      expect.stringContaining('Label 1 lost 57 % of its voxels: it consists of 3 parts'),
    ])
    await expect(clean(Uint8Array.from(voxels), { labels: [3, 9] })).rejects.toMatchObject({
      code: 'labels-invalid',
      hint: 'It holds the labels 1, 2, 5.',
    })
  })

  it('refuses an empty map, a CT, fractions, an unknown ending and its own source as output', async () => {
    await expect(clean(new Uint8Array(36))).rejects.toThrow('holds no labels above 0')
    await expect(clean(Int16Array.from(voxels, (label) => label - 1000))).rejects.toThrow('is no label map')
    await expect(clean(Float32Array.from(voxels, (label) => label / 2))).rejects.toThrow('is no label map')
    await expect(clean(Uint8Array.from(voxels), { outputPath: folder.file('x.png') })).rejects.toThrow(
      'its ending is not known',
    )
    const labelsPath = folder.file('self.nii.gz')
    await expect(run({ labelsPath, outputPath: labelsPath, force: true })).rejects.toThrow(
      'replace their own source',
    )
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController()
    const labelsPath = folder.file('to-cancel.nii.gz')
    await writeVolume(labelsPath, { grid, voxels: Uint8Array.from(voxels) })
    const outputPath = folder.file('cancelled.nii.gz')
    const running = run(
      { labelsPath, outputPath },
      {
        signal: controller.signal,
        onProgress: ({ message }) => {
          if (message.startsWith('Writing')) controller.abort()
        },
      },
    )
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readdir(folder.path)).filter((name) => /cancelled|^\./.test(name))).toEqual([])
  })

  const lumbar = realData('ct-lumbar', 'vertebrae_labels.nii.gz')
  it.skipIf(lumbar === null)('cleans the vertebrae of a real CT', async () => {
    const outputPath = folder.file('vertebrae.nii.gz')
    const output = await run({ labelsPath: lumbar ?? '', outputPath })
    const counts = output.labels.map(({ label, components, voxelsAfter }) => [label, components, voxelsAfter])
    // scipy.ndimage.label per label: components, voxels of the largest.
    expect(counts).toEqual([
      [26, 1, 1723],
      [27, 2, 2430],
      [28, 1, 2406],
      [29, 1, 2335],
      [30, 1, 2242],
      [31, 1, 2143],
      [32, 1, 1773],
      [33, 1, 76],
    ])
  })
})
