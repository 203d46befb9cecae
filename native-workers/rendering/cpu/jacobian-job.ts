import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type DrrRenderer } from './drr-renderer.js'
import { type Job, renderMode } from './job-layout.js'
import { rayGeometry, type TwistFrame } from './ray-geometry.js'

/** Where a picture with its Jacobian is seen from, and the buffers it uses. */
export interface JacobianRequest extends Pick<Job, 'valid' | 'target' | 'out' | 'rowSums'> {
  /** Index of the renderer's level. */
  readonly level: number
  readonly camera: Camera
  readonly cameraFromVolume: Matrix4
  readonly twist: TwistFrame
  /** Sampling step in voxels of the level's finest spacing. */
  readonly stepVoxels: number
}

/** The job of one picture with its derivatives to a twist; rays through the renderer's cut ends are invalid. */
export function jacobianJob(renderer: DrrRenderer, request: JacobianRequest): Job {
  const { camera, cameraFromVolume, twist, stepVoxels, valid, target, out, rowSums } = request
  const level = renderer.levels[request.level]
  return {
    ...rayGeometry(camera, cameraFromVolume, level, twist),
    size: level.size,
    voxels: level.voxels,
    labels: 0,
    ...camera.imageSize,
    valid,
    target,
    out,
    sampling: { stepMm: stepVoxels * Math.min(...level.spacingMm) },
    capAxis: renderer.caps.axis,
    capEnds: renderer.caps.ends,
    channels: 1,
    mode: renderMode.jacobian,
    rowSums,
  }
}
