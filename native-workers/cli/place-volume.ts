import { type Camera } from '../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { poseFromDiffdrr } from '../geometry/adapters/diffdrr.js'
import { mirrorColumns, worldFromCamera } from '../geometry/camera.js'
import { multiply4 } from '../geometry/matrix.js'
import { rotationFromEuler, toRadians } from '../geometry/rotations/euler.js'
import { type DiffdrrPose } from './options/pose-options.js'

/** How a picture is rendered: a proper camera, and whether its columns are to be reversed afterwards. */
export interface Placement {
  readonly camera: Camera
  readonly worldFromVolume: Matrix4
  readonly mirroredColumns: boolean
}

/**
 * Places a volume before `camera` by a pose in DiffDRR's convention. Half of its combinations of orientation and
 * column direction show the picture from the detector's side: these are rendered by the mirrored camera.
 *
 * @param isocentreMm the volume's centre, LPS mm
 */
export function placeByDiffdrr(pose: DiffdrrPose, camera: Camera, isocentreMm: Vector3): Placement {
  const [a, b, c] = pose.rotationDeg
  const { cameraFromVolume, mirroredColumns } = poseFromDiffdrr(
    { ...pose, rotation: rotationFromEuler('ZXY', [toRadians(a), toRadians(b), toRadians(c)]) },
    isocentreMm,
  )
  return {
    camera: mirroredColumns ? mirrorColumns(camera) : camera,
    worldFromVolume: multiply4(worldFromCamera(camera), cameraFromVolume),
    mirroredColumns,
  }
}
