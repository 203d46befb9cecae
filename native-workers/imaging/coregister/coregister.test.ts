import { readdir, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coregisterInputSchema, type CoregisterOutput } from '../../contract/operations/coregister.js'
import { transformPoseInputSchema } from '../../contract/operations/transform-pose.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { projectPoint } from '../../geometry/camera.js'
import {
  identity4,
  invertAffine,
  invertRigid,
  maxDifference,
  multiply4,
  transformPoint,
} from '../../geometry/matrix.js'
import { anatomySolids, scannedBox } from '../phantom/anatomy/anatomy.js'
import { phantomFromVolume, phantomOriginMm, sampleViews, worldFromPhantom } from '../phantom/sample-views.js'
import { type Scan, scanPhantom } from '../phantom/scan.js'
import { seededNoise } from '../phantom/seeded-noise.js'
import { readVolume } from '../read-volume.js'
import { resampleNearest } from '../resample/nearest.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from '../transform-file/read-transform.js'
import { transformPose } from '../transform-file/transform-pose.operation.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { coregister } from './coregister.operation.js'
import { motionAbout, motionError, movedCopy } from './testing/moved-copies.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let scan: Scan
/** From points of the case to the same points of the reference. */
let referenceFromCase: Matrix4
let output: CoregisterOutput

const request = (changes: object = {}) =>
  coregisterInputSchema.parse({
    volume: { path: folder.file('case.nii.gz') },
    labelsPath: folder.file('case_seg.nii.gz'),
    reference: { path: folder.file('reference.nii.gz') },
    referenceLabelsPath: folder.file('reference_seg.nii.gz'),
    folder: folder.file('out'),
    caseName: 'case',
    ...changes,
  })

beforeAll(async () => {
  const settings = { spacingMm: 4, box: scannedBox, phantomOriginMm }
  const { signal } = new AbortController()
  scan = await scanPhantom(anatomySolids(), settings, seededNoise(1), signal, () => undefined)
  referenceFromCase = motionAbout(scan.volume, 8, 12)
  const { grid } = scan.volume
  const labels = new Uint8Array(scan.labels.voxels.length)
  resampleNearest(scan.labels, grid, labels, referenceFromCase)
  await writeVolume(folder.file('reference.nii.gz'), scan.volume)
  await writeVolume(folder.file('reference_seg.nii.gz'), scan.labels)
  await writeVolume(folder.file('case.nii.gz'), movedCopy(scan.volume, referenceFromCase))
  await writeVolume(folder.file('case_seg.nii.gz'), { grid, voxels: labels })
  output = await coregister(request(), quietContext())
})

describe('coregister', () => {
  it('finds the motion and says how good it is', () => {
    const truth = invertRigid(referenceFromCase)
    const error = motionError(output.volumeFromReference, truth, gridCentreMm(scan.volume.grid))
    expect(error.shiftMm).toBeLessThan(0.3)
    expect(error.angleDeg).toBeLessThan(0.2)
    expect(output).toMatchObject({ converged: true, warnings: [], isUpToDate: false, outsideValue: -1000 })
    expect(output.rotationDeg).toBeCloseTo(8, 0)
    expect(output.after.mutualInformation).toBeGreaterThan(1.5 * (output.before?.mutualInformation ?? NaN))
    expect(output.dice.length).toBeGreaterThan(10)
    for (const { before, after } of output.dice) {
      expect(before).toBeLessThan(0.7)
      expect(after).toBeGreaterThan(0.85)
    }
  })

  it('writes the transform from the reference to the case, and its inverse', async () => {
    const { matrix } = await readTransformFile(output.transform)
    expect(maxDifference(matrix, output.volumeFromReference)).toBeLessThan(1e-12)
    const { matrix: inverse } = await readTransformFile(output.inverseTransform)
    const [a, b] = [multiply4(inverse, matrix), multiply4(matrix, inverse)]
    for (const product of [a, b]) expect(maxDifference(product, identity4)).toBeLessThan(1e-9)
  })

  it('resamples CT and labels onto the lattice of the reference, air outside, in the stored type', async () => {
    const { volume, summary } = await readVolume({ path: output.volume, acceptGeometry: false })
    const labels = (await readVolume({ path: output.labels ?? '', acceptGeometry: false })).volume
    expect(summary.storedType).toBe('int16')
    expect(labels.grid).toEqual(volume.grid)
    const unregistered = movedCopy(scan.volume, referenceFromCase).voxels
    let [differences, differencesBefore, count, agreeing] = [0, 0, 0, 0]
    atReference(scan.volume, volume, (reference, index, own) => {
      if (volume.voxels[index] === -1000) return
      differences += Math.abs(reference - volume.voxels[index])
      differencesBefore += Math.abs(reference - unregistered[own])
      agreeing += labels.voxels[index] === scan.labels.voxels[own] ? 1 : 0
      count++
    })
    expect(count).toBeGreaterThan(0.7 * scan.volume.voxels.length)
    expect(agreeing / count).toBeGreaterThan(0.97)
    expect(differences).toBeLessThan(0.2 * differencesBefore)
    expect(volume.voxels.includes(-1000)).toBe(true)
  })

  it('keeps to the reference’s own grid when asked, and has nothing left to do the second time', async () => {
    expect((await coregister(request(), quietContext())).isUpToDate).toBe(true)
    const own = await coregister(
      request({ grid: 'reference', search: false, folder: folder.file('own') }),
      quietContext(),
    )
    const { volume } = await readVolume({ path: own.volume, acceptGeometry: false })
    expect(volume.grid.size).toEqual(scan.volume.grid.size)
  })

  it('a pose found on the reference sees the case at the same place', async () => {
    const [{ camera }] = sampleViews
    const worldFromReference = multiply4(worldFromPhantom, phantomFromVolume)
    const transform = (warp: object) =>
      transformPose(
        transformPoseInputSchema.parse({
          worldFromTemplate: worldFromReference,
          warp,
          outputPath: folder.file('case.pose.json'),
          force: true,
        }),
        quietContext(),
      )
    const { worldFromVolume } = await transform({ path: output.transform })
    const inverted = await transform({ path: output.inverseTransform, invert: true })
    expect(maxDifference(inverted.worldFromVolume, worldFromVolume)).toBeLessThan(1e-9)
    const seen = (worldFromPoints: Matrix4, point: readonly [number, number, number]) =>
      projectPoint(camera, transformPoint(worldFromPoints, point)).pixel
    for (const index of [
      [10, 12, 8],
      [40, 30, 50],
      [60, 20, 30],
    ] as const) {
      const onCase = transformPoint(lpsFromIndex(scan.volume.grid), index)
      const onReference = transformPoint(referenceFromCase, onCase)
      const [a, b] = [seen(worldFromReference, onReference), seen(worldFromVolume, onCase)]
      expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(1.5)
    }
  })

  it('refuses what it can’t do in words and leaves nothing', async () => {
    const elsewhere = { folder: folder.file('none') }
    await expect(
      coregister(request({ ...elsewhere, reference: { path: folder.file('gone.nii') } }), quietContext()),
    ).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(
      coregister(request({ ...elsewhere, labelsPath: folder.file('case.nii.gz') }), quietContext()),
    ).rejects.toMatchObject({ code: 'labels-invalid' })
    const controller = new AbortController()
    const cancelled = coregister(request(elsewhere), {
      ...quietContext(controller.signal),
      onProgress: ({ message }) => {
        if (message.startsWith('Following')) controller.abort()
      },
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder.path)).not.toContain('none')
    await writeFile(output.transform, 'edited')
    await expect(coregister(request(), quietContext())).rejects.toMatchObject({ code: 'output-exists' })
    await rm(output.transform)
  })
})

/** Calls back for every voxel of the reference that the union's lattice holds, with both indices. */
function atReference(
  reference: Volume,
  union: Volume,
  visit: (value: number, unionIndex: number, ownIndex: number) => void,
): void {
  const first = transformPoint(
    multiply4(invertAffine(lpsFromIndex(union.grid)), lpsFromIndex(reference.grid)),
    [0, 0, 0],
  ).map(Math.round)
  const [nx, ny, nz] = reference.grid.size
  const [ux, uy] = union.grid.size
  for (let k = 0, own = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, own++) {
        visit(reference.voxels[own], i + first[0] + ux * (j + first[1] + uy * (k + first[2])), own)
      }
    }
  }
}
