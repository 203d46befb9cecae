import { type Camera } from '../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { intrinsicNumbers } from '../geometry/camera.js'
import { transformPoint } from '../geometry/matrix.js'
import { type ChannelsName } from './metric-channels.js'
import { cameraFromVolume } from './pose-problem.js'

/** One stage of the coarse-to-fine schedule. */
export interface Stage {
  readonly name: string
  /** Edge of the picture in pixels, as the root of its area. */
  readonly edgePixels: number
  readonly channels: ChannelsName
  readonly maxRenders: number
  /** Voxels of the volume level at most this many times as large as a pixel's shadow at the isocentre. */
  readonly voxelsPerPixel: number
}

/** Size of one pixel projected back to a point of the volume, mm (the finer of columns and rows). */
export function pixelSizeAtMm(camera: Camera, worldFromVolume: Matrix4, centreMm: Vector3): number {
  const depthMm = transformPoint(cameraFromVolume(camera, worldFromVolume), centreMm)[2]
  const { fx, fy } = intrinsicNumbers(camera)
  return Math.abs(depthMm) / Math.max(fx, fy)
}

/** The coarsest level (they go from fine to coarse) whose voxels are no larger than `limitMm`; else the finest. */
export function coarsestLevel(levelSpacingsMm: readonly number[], limitMm: number): number {
  let chosen = 0
  for (const [index, spacingMm] of levelSpacingsMm.entries()) if (spacingMm <= limitMm) chosen = index
  return chosen
}
