import { type Camera } from '../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../contract/matrix.js'
import { linearPart, multiply3, multiply4, transformPoint, transpose3 } from '../geometry/matrix.js'
import { twistAbout } from '../geometry/rigid.js'
import { type TwistFrame } from '../rendering/cpu/ray-geometry.js'

/** What is sought: the place of one volume in the world, turned about one point along one set of axes. */
export interface PoseProblem {
  /** Point of the volume (LPS mm) that twists turn about. */
  readonly centreMm: Vector3
  /** Columns: unit directions of the twist in the world, those of the first camera. */
  readonly axesInWorld: Matrix3
}

export function poseProblem(centreMm: Vector3, firstCamera: Camera): PoseProblem {
  return { centreMm, axesInWorld: transpose3(linearPart(firstCamera.cameraFromWorld)) }
}

/** The twist's centre and axes as the volume sees them at a pose. */
export function twistFrame({ centreMm, axesInWorld }: PoseProblem, worldFromVolume: Matrix4): TwistFrame {
  return { centre: centreMm, axes: multiply3(transpose3(linearPart(worldFromVolume)), axesInWorld) }
}

/** The pose after a twist [rotation vector (rad), translation (mm)] along the problem's axes. */
export function movePose(problem: PoseProblem, worldFromVolume: Matrix4, twist: ArrayLike<number>): Matrix4 {
  const centre = transformPoint(worldFromVolume, problem.centreMm)
  return multiply4(
    twistAbout(centre, problem.axesInWorld, [twist[0], twist[1], twist[2]], [twist[3], twist[4], twist[5]]),
    worldFromVolume,
  )
}

export const cameraFromVolume = (camera: Camera, worldFromVolume: Matrix4): Matrix4 =>
  multiply4(camera.cameraFromWorld, worldFromVolume)
