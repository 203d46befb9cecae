import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Matrix4, matrix4Schema, type Vector3 } from '../../native-workers/contract/matrix.js'
import {
  type RegisterOutput,
  registerInputSchema,
} from '../../native-workers/contract/operations/register.js'
import { register } from '../../native-workers/registration/register.operation.js'
import { testDataFolder } from '../support/test-data.js'

/* Real calibrated biplane X-rays of a wrist, and CT volumes of its bones (16-bit values, 0 outside the bone). */

const folder = testDataFolder()
if (folder === null) {
  console.log('skipped: no test data (set XRAY_TEST_DATA)')
  process.exit(0)
}
const wrist = (...parts: string[]) => join(folder, 'wrist-biplane', ...parts)

export type Bone = 'uln' | 'rad'
const spacingMm: Vector3 = [0.39625, 0.39625, 0.625]
const sizes: Readonly<Record<Bone, Vector3>> = { uln: [65, 45, 112], rad: [68, 86, 128] }

const referenceSchema = z.object({ ulna_pose_world_from_ct: z.object({ '0099': matrix4Schema }) })

/** An independent pose of the ulna, itself good to about 0.5 mm and 2 degrees about the long axis. */
export const ulnaReference = referenceSchema.parse(
  JSON.parse(readFileSync(wrist('reference-0099.json'), 'utf8')),
).ulna_pose_world_from_ct['0099']

const inBone = (bone: Bone, share: Vector3): Vector3 => [
  share[0] * sizes[bone][0] * spacingMm[0],
  share[1] * sizes[bone][1] * spacingMm[1],
  share[2] * sizes[bone][2] * spacingMm[2],
]

export const boneCentre = (bone: Bone): Vector3 => inBone(bone, [0.5, 0.5, 0.5])

/** Points in the bone's box, for mTRE. */
export function boxPoints(bone: Bone): Vector3[] {
  return [0.25, 0.75].flatMap((x) =>
    [0.25, 0.75].flatMap((y) => [0.1, 0.5, 0.9].map((z) => inBone(bone, [x, y, z]))),
  )
}

/** Registers a bone to both X-rays by the product's operation. */
export function registerBone(
  bone: Bone,
  start: Matrix4,
  confidence: 'full' | 'none' = 'none',
): Promise<RegisterOutput> {
  const input = registerInputSchema.parse({
    views: ['cam01', 'cam02'].map((camera) => ({
      xray: { path: wrist('xrays', `xr_rad_uln_${camera}_UND.0099.tif`), preprocessing: { linearize: true } },
      camera: { kind: 'file', path: wrist('calibration', `xr_calib_wrist_${camera}.txt`) },
    })),
    volume: { path: wrist('models', `${bone}_dcm_cropped.tif`), spacingMm },
    initial: { kind: 'pose', worldFromVolume: start },
    attenuation: 'identity',
    confidence,
  })
  return register(input, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onEvent: () => undefined,
  })
}
