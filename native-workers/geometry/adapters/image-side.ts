import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { affine, determinant3, diagonal3, invertRigid, multiply3 } from '../matrix.js'

/**
 * Which side a picture is seen from. A proper camera (x along columns, y down, z away from the source) sees the
 * image from the source. Pictures shown from the detector's side are its mirror image, and no rotation turns
 * one into the other: these tools hide the reflection in an orientation matrix or a flag.
 */
export interface SidedPose {
  /** Proper and rigid: columns right, rows down, z from the source to the detector. */
  readonly cameraFromVolume: Matrix4
  /**
   * True where the tool's picture is this camera's with its columns reversed (column j is width - 1 - j).
   * To register such a picture, reverse its columns and take `mirrorColumns` of its intrinsics.
   */
  readonly mirroredColumns: boolean
}

/** From orthonormal axes that may be a reflection (determinant -1), by turning the columns round. */
export function sidedPose(volumeFromCamera: Matrix3, sourceInVolume: Vector3): SidedPose {
  const mirroredColumns = determinant3(volumeFromCamera) < 0
  const proper = mirroredColumns ? multiply3(volumeFromCamera, reversedColumns) : volumeFromCamera
  return { cameraFromVolume: invertRigid(affine(proper, sourceInVolume)), mirroredColumns }
}

export const reversedColumns = diagonal3(-1, 1, 1)
/** RAS and LPS differ by the sign of x and y; its own inverse. */
export const lpsFromRas = diagonal3(-1, -1, 1)
