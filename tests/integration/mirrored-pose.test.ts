import { beforeAll, describe, expect, it } from 'vitest'
import { runOperation } from '../../native-workers/engine/run-operation.js'
import { type Camera } from '../../native-workers/contract/files/camera.js'
import { type Matrix4 } from '../../native-workers/contract/matrix.js'
import { readCameraFile } from '../../native-workers/geometry/camera-files/read-camera-file.js'
import { assertRigid, maxDifference, multiply4 } from '../../native-workers/geometry/matrix.js'
import { reflectionOfX } from '../../native-workers/geometry/mirrored-camera.js'
import { poseThroughWarp } from '../../native-workers/geometry/warp/pose-through-warp.js'
import { rigidWarp } from '../../native-workers/geometry/warp/rigid-warp.js'
import { readXray } from '../../native-workers/imaging/read-xray.js'
import { readTransformFile } from '../../native-workers/imaging/transform-file/read-transform.js'
import { gridCentreMm } from '../../native-workers/imaging/volume.js'
import { writeFloat32Tiff } from '../../native-workers/imaging/write-picture.js'
import { writeVolume } from '../../native-workers/imaging/write-volume.js'
import {
  bodyVolume,
  obliqueCamera,
  obliqueGrid,
  posedBefore,
} from '../../native-workers/rendering/testing/analytic-volumes.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
const volume = bodyVolume(obliqueGrid)
const camera: Camera = obliqueCamera(90, 70)
const worldFromOriginal: Matrix4 = posedBefore(gridCentreMm(obliqueGrid))

let mirroredVolume = ''
let originalFromMirrored: Matrix4 = reflectionOfX

/** Trilinear, since it samples along the ray from both sides alike; attenuation as stored. */
const rendered = async (path: string, seenBy: Camera, worldFromVolume: Matrix4) =>
  (
    await runOperation('render-drr', {
      volume: { path },
      camera: seenBy,
      worldFromVolume,
      attenuation: 'identity',
      threads: 1,
    })
  ).pixels

beforeAll(async () => {
  await writeVolume(scratch('ct.nii.gz'), volume)
  await writeVolume(scratch('labels.nii.gz'), {
    grid: volume.grid,
    voxels: Uint8Array.from(volume.voxels, (value) => (value > 0.03 ? 1 : 0)),
  })
  const { structures } = await runOperation('crop', {
    volume: { path: scratch('ct.nii.gz') },
    labelsPath: scratch('labels.nii.gz'),
    structures: [{ name: 'right-body', labels: [1] }],
    // The whole volume, so that the mirrored one shows all that the original does.
    paddingMm: 500,
    mirror: 'right',
    folder: scratch('crop'),
    caseName: 'p01',
  })
  mirroredVolume = structures[0].volume
  originalFromMirrored = (await readTransformFile(structures[0].transform ?? '')).matrix
})

describe('mirrored data', () => {
  it('show the mirrored picture at the mirrored pose', async () => {
    const original = await rendered(scratch('ct.nii.gz'), camera, worldFromOriginal)
    await writeFloat32Tiff(scratch('xray.tiff'), { ...camera.imageSize, pixels: original })
    const mirrored = await runOperation('mirror-xray', {
      xrayPath: scratch('xray.tiff'),
      camera: { kind: 'camera', camera },
      folder: scratch('xray'),
      caseName: 'xray',
    })
    const xray = await readXray(mirrored.xrayPath)
    const seenBy = await readCameraFile(mirrored.cameraPath)
    const worldFromMirrored = multiply4(reflectionOfX, worldFromOriginal, originalFromMirrored)
    assertRigid(worldFromMirrored, 'The mirrored pose', 1e-6)
    const drr = await rendered(mirroredVolume, seenBy, worldFromMirrored)
    const brightest = Math.max(...original)
    expect(brightest).toBeGreaterThan(0.1)
    const largest = drr.reduce(
      (most, value, pixel) => Math.max(most, Math.abs(value - xray.pixels[pixel])),
      0,
    )
    expect(largest / brightest).toBeLessThan(2e-5)
    const unreversed = drr.reduce(
      (most, value, pixel) => Math.max(most, Math.abs(value - original[pixel])),
      0,
    )
    expect(unreversed / brightest).toBeGreaterThan(0.1)
  })

  it('give the pose of the original back exactly', () => {
    const worldFromMirrored = multiply4(reflectionOfX, worldFromOriginal, originalFromMirrored)
    const warp = rigidWarp(originalFromMirrored, gridCentreMm(obliqueGrid))
    expect(warp.isMirror).toBe(true)
    expect(maxDifference(poseThroughWarp(worldFromMirrored, warp), worldFromOriginal)).toBeLessThan(1e-12)
  })
})
