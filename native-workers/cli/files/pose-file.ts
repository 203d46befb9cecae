import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Camera } from '../../contract/files/camera.js'
import { poseSchema } from '../../contract/files/pose.js'
import { registrationResultSchema } from '../../contract/files/registration-result.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { assertRigid } from '../../geometry/matrix.js'
import { readJson } from './read-json.js'

const poseOrResultSchema = z.discriminatedUnion('schema', [poseSchema, registrationResultSchema])

/** A pose, and the cameras that a registration result carries along; none for a plain pose file. */
export interface PoseWithCameras {
  readonly worldFromVolume: Matrix4
  readonly cameras: readonly Camera[]
}

/**
 * Reads `worldFromVolume` from a pose file, or the final one from a registration's `result.json` or the folder with it.
 * Errors: those of `readJson`, and `geometry-invalid` for a matrix that is not rigid.
 */
export async function readPoseFile(path: string): Promise<PoseWithCameras> {
  const file = await readJson(
    (await isFolder(path)) ? join(path, 'result.json') : path,
    poseOrResultSchema,
    'pose file (isocenter/pose@1) or registration result (isocenter/registration@1)',
  )
  const pose =
    file.schema === 'isocenter/pose@1'
      ? { worldFromVolume: file.worldFromVolume, cameras: [] }
      : { worldFromVolume: file.final.worldFromVolume, cameras: file.views.map(({ camera }) => camera) }
  assertRigid(pose.worldFromVolume, `worldFromVolume of "${path}"`)
  return pose
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
