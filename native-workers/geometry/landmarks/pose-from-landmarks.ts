import { UserError } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { areCollinear } from '../align-points.js'
import { type LandmarkView } from './landmark-pairs.js'
import { refinePose, reprojectionCost } from './refine-pose.js'
import { reprojectionError, sightingsOf, type Sighting } from './reprojection.js'
import { startingPoses } from './starting-poses.js'

/** What the landmarks say of one pair. */
export interface LandmarkResidual {
  readonly viewIndex: number
  readonly name: string
  readonly errorPixels: number
  /** False where the pair contradicts the others and was left out of the fit. */
  readonly inlier: boolean
}

export interface LandmarkPose {
  readonly worldFromVolume: Matrix4
  /** Root mean square over the inliers. */
  readonly reprojectionErrorPixels: number
  readonly residuals: readonly LandmarkResidual[]
}

export interface LandmarkOptions {
  /** A pair further off than this is an outlier; a hundredth of the image's longer side when absent. */
  readonly inlierPixels?: number
}

const fewestPairs = 4
const maxRounds = 10

/**
 * The pose of least reprojection error over all views, from 2D-3D pairs: PnP-RANSAC per view finds starts and
 * discards outliers, then all remaining pairs of all views are fitted together. Needs four pairs that are not
 * on a line, three of them in one view or seen by two; throws `UserError`: `input-invalid` for too few pairs,
 * `geometry-invalid` where they don't determine a pose or contradict each other.
 */
export async function poseFromLandmarks(
  views: readonly LandmarkView[],
  options: LandmarkOptions = {},
): Promise<LandmarkPose> {
  const sightings = sightingsOf(views)
  assertEnough(sightings)
  const limits = views.map(
    ({ camera: { imageSize } }) => options.inlierPixels ?? Math.max(imageSize.width, imageSize.height) / 100,
  )
  const isWithin = (pose: Matrix4) => (sighting: Sighting) =>
    Math.hypot(...reprojectionError(sighting, pose)) <= limits[sighting.viewIndex]

  const { worldFromVolume: starts, inliers } = await startingPoses(views, limits)
  const trusted = sightings.filter(({ view, viewIndex, pair }) =>
    inliers[viewIndex].includes(view.pairs.indexOf(pair)),
  )
  const candidates = starts
    .map((start) => refinePose(trusted, start))
    .sort((a, b) => reprojectionCost(trusted, a) - reprojectionCost(trusted, b))
  if (candidates.length === 0) throw contradiction()

  let pose = candidates[0]
  let kept = trusted
  for (let round = 0; round < maxRounds; round++) {
    const within = sightings.filter(isWithin(pose))
    assertAgreement(within)
    if (within.length === kept.length && within.every((sighting) => kept.includes(sighting))) break
    kept = within
    pose = refinePose(kept, pose)
  }
  return {
    worldFromVolume: pose,
    reprojectionErrorPixels: Math.sqrt(reprojectionCost(kept, pose) / kept.length),
    residuals: sightings.map((sighting) => ({
      viewIndex: sighting.viewIndex,
      name: sighting.pair.name,
      errorPixels: Math.hypot(...reprojectionError(sighting, pose)),
      inlier: kept.includes(sighting),
    })),
  }
}

function assertEnough(sightings: readonly Sighting[]): void {
  if (sightings.length < fewestPairs) {
    throw new UserError(
      'input-invalid',
      `A pose needs at least ${String(fewestPairs)} landmarks that are named alike in the volume and in the X-rays; there ${sightings.length === 1 ? 'is' : 'are'} ${String(sightings.length)}.`,
      'Mark more landmarks, and check that both files use the same names.',
    )
  }
  if (areCollinear(sightings.map(({ pair }) => pair.position))) {
    throw new UserError(
      'geometry-invalid',
      'The landmarks lie on one line in the volume, so the turn about it stays open.',
      'Add a landmark well beside the line.',
    )
  }
}

function assertAgreement(within: readonly Sighting[]): void {
  if (within.length < fewestPairs || areCollinear(within.map(({ pair }) => pair.position)))
    throw contradiction()
}

const contradiction = (): UserError =>
  new UserError(
    'geometry-invalid',
    'No pose brings four of the landmarks near their marks in the X-rays.',
    'Check the names, left and right, and whether the picture is mirrored.',
  )
