import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Camera } from '../../../native-workers/contract/files/camera.js'
import { niftiBytes } from './nifti.js'

export const cubeSize = [24, 24, 24] as const
export const cubeSpacingMm = 4
const voxelCount = cubeSize[0] * cubeSize[1] * cubeSize[2]

/** Looks along +y (LPS) at the cube's centre (RAS 46 46 46) from 500 mm before it. */
export const camera: Camera = {
  schema: 'isocenter/camera@1',
  frame: 'LPS',
  imageSize: { width: 64, height: 64 },
  intrinsics: [
    [320, 0, 31.5],
    [0, 320, 31.5],
    [0, 0, 1],
  ],
  pixelSpacingMm: [3, 3],
  cameraFromWorld: [
    [1, 0, 0, 46],
    [0, 0, -1, 46],
    [0, 1, 0, 546],
    [0, 0, 0, 1],
  ],
}

/** A cube of 24^3 voxels of 4 mm: bone inside, air outside; HU. */
export function cubeValues(): Float32Array {
  return Float32Array.from({ length: voxelCount }, (_, index) => {
    const [i, j, k] = [index % 24, Math.floor(index / 24) % 24, Math.floor(index / 576)]
    return Math.abs(i - 11) < 6 && Math.abs(j - 13) < 5 && Math.abs(k - 12) < 7 ? 800 : -1000
  })
}

/** Writes `cube.nii` and `cam.camera.json` into `folder` and returns their paths. */
export async function writeSmallScene(folder: string): Promise<{ volume: string; camera: string }> {
  await mkdir(folder, { recursive: true })
  const paths = { volume: join(folder, 'cube.nii'), camera: join(folder, 'cam.camera.json') }
  await writeFile(
    paths.volume,
    niftiBytes({ size: cubeSize, values: cubeValues(), spacingMm: cubeSpacingMm }),
  )
  await writeFile(paths.camera, JSON.stringify(camera))
  return paths
}
