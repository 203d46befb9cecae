import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type ImagePointsFile, type PointsFile } from '../../contract/files/points.js'
import { type Vector2, type Vector3 } from '../../contract/matrix.js'

/** A landmark of the volume (LPS mm) seen at a pixel of one view. */
export interface LandmarkPair {
  readonly name: string
  readonly position: Vector3
  readonly pixel: Vector2
}

/** The pairs seen by one calibrated camera. */
export interface LandmarkView {
  readonly camera: Camera
  readonly pairs: readonly LandmarkPair[]
}

/**
 * The landmarks that both files name. Names without a partner are left out (they may belong to another view);
 * a name given twice in one file throws `UserError('input-invalid')`.
 */
export function matchLandmarks(volumePoints: PointsFile, imagePoints: ImagePointsFile): LandmarkPair[] {
  assertUnique(volumePoints.points, "The volume's landmarks")
  assertUnique(imagePoints.points, "The X-ray's landmarks")
  const positions = new Map(volumePoints.points.map(({ name, position }) => [name, position]))
  return imagePoints.points.flatMap(({ name, pixel }) => {
    const position = positions.get(name)
    return position === undefined ? [] : [{ name, position, pixel }]
  })
}

function assertUnique(points: readonly { readonly name: string }[], owner: string): void {
  const seen = new Set<string>()
  for (const { name } of points) {
    if (seen.has(name)) {
      throw new UserError(
        'input-invalid',
        `${owner} name "${name}" twice.`,
        'Give every landmark a name of its own.',
      )
    }
    seen.add(name)
  }
}
