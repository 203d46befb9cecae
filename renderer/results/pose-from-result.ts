import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { inverseRigid, multiply4 } from '../geometry/math.js'
import { requestOf } from './result-request.js'

/** An X-ray that is to be registered. */
export interface StartView {
  readonly source: { readonly path: string }
  readonly camera: Camera | null
}

/**
 * `worldFromVolume` of an earlier result in the world of the present cameras: through an X-ray that both have, since
 * an uncalibrated camera is a world of its own; as it stands where they have none in common.
 */
export function poseFromResult(result: SavedRegistrationResult, views: readonly StartView[]): Matrix4 {
  const paths = requestOf(result)?.views.map(({ xray }) => xray.path) ?? []
  for (const { source, camera } of views) {
    const view = result.views[paths.indexOf(source.path)]
    if (camera === null || view === undefined) continue
    return multiply4(inverseRigid(camera.cameraFromWorld), view.cameraFromVolume)
  }
  return result.final.worldFromVolume
}
