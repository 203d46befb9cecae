import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOperation } from '../../native-workers/engine/run-operation.js'
import { invertAffine, multiply4 } from '../../native-workers/geometry/matrix.js'
import { readVolume } from '../../native-workers/imaging/read-volume.js'
import { quietContext } from '../../native-workers/imaging/testing/quiet-context.js'
import {
  rampSlice,
  type SyntheticSlice,
  writeSlices,
} from '../../native-workers/imaging/testing/synthetic-dicom.js'
import { lpsFromIndex, type Volume } from '../../native-workers/imaging/volume.js'
import { ensureProgram } from '../../scripts/ensure-system-packages.mjs'
import { testDataFile } from '../support/test-data.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
const run = promisify(execFile)
let isInstalled = false
beforeAll(async () => {
  isInstalled = await ensureProgram('dcm2niix', 'dcm2niix')
  if (!isInstalled) console.warn('skipped: dcm2niix is not installed and could not be installed')
})

async function byDcm2niix(folder: string, out: string): Promise<Volume> {
  await mkdir(out, { recursive: true })
  await run('dcm2niix', ['-z', 'n', '-b', 'n', '-f', 'reference', '-o', out, folder])
  const names = (await readdir(out)).filter((name) => name.endsWith('.nii'))
  expect(names).toEqual(['reference.nii'])
  return (await readVolume({ path: join(out, 'reference.nii'), acceptGeometry: false })).volume
}

async function byIsocenter(folder: string, out: string): Promise<Volume> {
  const { series } = await runOperation('list-dicom-series', { path: folder }, quietContext())
  expect(series).toHaveLength(1)
  const [{ files, name }] = series
  const output = await runOperation('dicom-to-nifti', { files, name, folder: out }, quietContext())
  return (await readVolume({ path: output.volume, acceptGeometry: false })).volume
}

/** Largest distance of a voxel from a voxel centre of the other volume, in voxels, and largest difference of values. */
function disagreement(ours: Volume, theirs: Volume): { offsetVoxels: number; value: number } {
  const theirsFromOurs = multiply4(invertAffine(lpsFromIndex(theirs.grid)), lpsFromIndex(ours.grid))
  const [nx, ny, nz] = ours.grid.size
  const [mx, my] = theirs.grid.size
  let offsetVoxels = 0
  let value = 0
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const index = theirsFromOurs.slice(0, 3).map(([a, b, c, d]) => a * i + b * j + c * k + d)
        const [x, y, z] = index.map(Math.round)
        offsetVoxels = Math.max(offsetVoxels, ...index.map((exact) => Math.abs(exact - Math.round(exact))))
        const difference = ours.voxels[i + nx * (j + ny * k)] - theirs.voxels[x + mx * (y + my * z)]
        // Outside of the other volume the difference is NaN, which must not count as agreement.
        value = Number.isNaN(difference) ? Infinity : Math.max(value, Math.abs(difference))
      }
  return { offsetVoxels, value }
}

async function expectAgreement(folder: string, name: string): Promise<void> {
  const ours = await byIsocenter(folder, scratch(`${name} ours`))
  const theirs = await byDcm2niix(folder, scratch(`${name} theirs`))
  expect([...ours.grid.size].sort()).toEqual([...theirs.grid.size].sort())
  const { offsetVoxels, value } = disagreement(ours, theirs)
  expect(offsetVoxels).toBeLessThan(1e-3)
  expect(value).toBeLessThan(1e-3)
}

/** Six slices 2.5 mm apart, from `firstNumber` in either order. */
function stack(
  attributes: SyntheticSlice['attributes'],
  normal: readonly [number, number, number],
): SyntheticSlice[] {
  return Array.from({ length: 6 }, (_, index) => {
    const position = normal.map((component) => Number((10 + 2.5 * index * component).toFixed(6)))
    return rampSlice(index + 1, [position[0], position[1], position[2]], {
      StudyInstanceUID: '1.2.826.0.1.3680043.8.498.30',
      ...attributes,
    })
  })
}

const [c, s] = [Math.cos(0.3), Math.sin(0.3)].map((value) => Number(value.toFixed(9)))
const cases: readonly [string, readonly SyntheticSlice[]][] = [
  ['axial', stack({ RescaleSlope: 1 }, [0, 0, 1])],
  ['axial, fractional rescale', stack({ RescaleSlope: 0.5 }, [0, 0, 1])],
  ['sagittal', stack({ RescaleSlope: 1, ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }, [-1, 0, 0])],
  ['coronal', stack({ RescaleSlope: 1, ImageOrientationPatient: [1, 0, 0, 0, 0, -1] }, [0, 1, 0])],
  ['oblique', stack({ RescaleSlope: 1, ImageOrientationPatient: [1, 0, 0, 0, c, s] }, [0, -s, c])],
  [
    'numbered against its direction',
    stack({ RescaleSlope: 1 }, [0, 0, 1]).map((slice, index) => ({
      ...slice,
      attributes: { ...slice.attributes, InstanceNumber: 9 - index },
    })),
  ],
]

describe('dcm2nii agrees with dcm2niix on voxels and their places', () => {
  it.for(['ct-head-series', 'ct-j2k-series'])('for %s', async (name, { skip }) => {
    const folder = testDataFile('dicom-samples', name)
    if (folder === null || !isInstalled) return skip()
    await expectAgreement(folder, name)
  })

  it.for(cases)('for a synthetic series: %s', async ([name, slices], { skip }) => {
    if (!isInstalled) return skip()
    await writeSlices(scratch(name), slices)
    await expectAgreement(scratch(name), name)
  })
})
