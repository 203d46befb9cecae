import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type PointsFile } from '../../contract/files/points.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type EvaluatePoseOutput } from '../../contract/operations/evaluate.js'
import { type OperationContext } from '../../contract/progress.js'
import { evaluatePose } from '../evaluate-pose.operation.js'

/**
 * Errors of a pose where its truth is known, else null: at the given points, or at the corners of what attenuates in the
 * volume. A pose so wrong that points come to lie behind the source has no errors per view. Errors: `evaluatePose`.
 */
export async function truthErrors(
  truth: { readonly worldFromVolume: Matrix4; readonly points?: PointsFile } | undefined,
  estimate: Matrix4,
  cameras: readonly Camera[],
  corners: readonly Vector3[],
  context: OperationContext,
): Promise<EvaluatePoseOutput | null> {
  if (truth === undefined) return null
  const points = truth.points ?? cornerPoints(corners)
  const given = { estimate, truth: truth.worldFromVolume, points }
  try {
    return await evaluatePose({ ...given, cameras: [...cameras] }, context)
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'geometry-invalid')) throw error
    return evaluatePose({ ...given, cameras: [] }, context)
  }
}

function cornerPoints(corners: readonly Vector3[]): PointsFile {
  const points = corners.map((position, index) => ({ name: `corner ${index + 1}`, position }))
  return { schema: 'isocenter/points@1', frame: 'LPS', points }
}
