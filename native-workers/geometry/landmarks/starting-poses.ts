import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { alignPoints, areCollinear, principalDirections } from '../align-points.js'
import { worldFromCamera } from '../camera.js'
import {
  affine,
  centroid,
  diagonal3,
  dot,
  linearPart,
  multiply3,
  multiply4,
  multiplyVector3,
  scale,
  subtract,
  transformPoint,
} from '../matrix.js'
import { solvePnpRansac } from '../opencv.js'
import { triangulate } from '../triangulate.js'
import { type LandmarkView } from './landmark-pairs.js'

/** Poses to refine from, and the pairs that agree with their view's own pose (all, where a view has too few). */
export interface StartingPoses {
  readonly worldFromVolume: readonly Matrix4[]
  /** Per view, indices of its pairs. */
  readonly inliers: readonly (readonly number[])[]
}

const fewestPairsForPnp = 4

/** One start per view by PnP-RANSAC, its depth-reversed twin, and one from points triangulated between views. */
export async function startingPoses(
  views: readonly LandmarkView[],
  inlierPixels: readonly number[],
): Promise<StartingPoses> {
  const worldFromVolume: Matrix4[] = []
  const inliers: (readonly number[])[] = []
  for (const [index, view] of views.entries()) {
    const found = await poseOfView(view, inlierPixels[index])
    inliers.push(found?.inliers ?? view.pairs.map((_, pair) => pair))
    if (found === null) continue
    const toWorld = worldFromCamera(view.camera)
    const positions = found.inliers.map((pair) => view.pairs[pair].position)
    const twin = depthReversed(found.cameraFromVolume, positions)
    worldFromVolume.push(multiply4(toWorld, found.cameraFromVolume), multiply4(toWorld, twin))
  }
  const aligned = alignedByTriangulation(views)
  return { worldFromVolume: aligned === null ? worldFromVolume : [aligned, ...worldFromVolume], inliers }
}

async function poseOfView({ camera, pairs }: LandmarkView, inlierPixels: number) {
  const positions = pairs.map(({ position }) => position)
  if (pairs.length < fewestPairsForPnp || areCollinear(positions)) return null
  const pixels = pairs.map(({ pixel }) => pixel)
  const found = await solvePnpRansac(positions, pixels, camera.intrinsics, inlierPixels)
  return found === null || found.inliers.length < fewestPairsForPnp ? null : found
}

/**
 * The pose whose points keep their place across the view while their depths are mirrored about the centroid.
 * Through a long lens flat arrangements look the same in both, and only refining each tells them apart.
 */
function depthReversed(cameraFromVolume: Matrix4, positions: readonly Vector3[]): Matrix4 {
  const rotation = linearPart(cameraFromVolume)
  const centre = centroid(positions)
  const normal = principalDirections(positions).directions[2]
  const acrossPlane = [0, 1, 2].map((r) => {
    const unit: Vector3 = [r === 0 ? 1 : 0, r === 1 ? 1 : 0, r === 2 ? 1 : 0]
    return subtract(unit, scale(normal, 2 * dot(normal, unit)))
  })
  const mirrored = multiply3(rotation, [acrossPlane[0], acrossPlane[1], acrossPlane[2]])
  const reversed = multiply3(diagonal3(1, 1, -1), mirrored)
  const place = transformPoint(cameraFromVolume, centre)
  return affine(reversed, subtract(place, multiplyVector3(reversed, centre)))
}

/** Kabsch alignment of the points that two or more views see; null where fewer than three fix it. */
function alignedByTriangulation(views: readonly LandmarkView[]): Matrix4 | null {
  const positions = new Map(views.flatMap(({ pairs }) => pairs.map(({ name, position }) => [name, position])))
  const inVolume: Vector3[] = []
  const inWorld: Vector3[] = []
  for (const [name, position] of positions) {
    const sightings = views.flatMap(({ camera, pairs }) =>
      pairs.filter((pair) => pair.name === name).map(({ pixel }) => ({ camera, pixel })),
    )
    const met = sightings.length < 2 ? null : triangulate(sightings)
    if (met === null) continue
    inVolume.push(position)
    inWorld.push(met.point)
  }
  return areCollinear(inVolume) || areCollinear(inWorld) ? null : alignPoints(inVolume, inWorld)
}
