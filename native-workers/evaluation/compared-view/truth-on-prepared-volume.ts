import { type PointsFile } from '../../contract/files/points.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type WarpSource } from '../../contract/operations/warp.js'
import { invertRigid, transformPoint } from '../../geometry/matrix.js'
import { poseThroughWarp } from '../../geometry/warp/pose-through-warp.js'
import { loadWarp } from '../../imaging/transform-file/load-warp.js'

export interface Truth {
  readonly worldFromVolume: Matrix4
  readonly points?: PointsFile
}

/**
 * A true pose and points of the CT as it came from the scanner, for the prepared CT that was registered: centred,
 * co-registered or mirrored by `warp`, which maps prepared points to original ones (LPS mm). Errors: `loadWarp`.
 */
export async function truthOnPreparedVolume(
  truth: (Truth & { readonly warp?: WarpSource }) | undefined,
): Promise<Truth | undefined> {
  if (truth?.warp === undefined) return truth
  const { patientFromTemplate, isMirror, stretches } = await loadWarp(truth.warp, [0, 0, 0])
  const preparedFromOriginal = invertRigid(patientFromTemplate)
  const inverse = { patientFromTemplate: preparedFromOriginal, isMirror, stretches }
  return {
    worldFromVolume: poseThroughWarp(truth.worldFromVolume, inverse),
    points: truth.points && {
      ...truth.points,
      points: truth.points.points.map((point) => ({
        ...point,
        position: transformPoint(preparedFromOriginal, point.position),
      })),
    },
  }
}
