import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { rayInCamera, sourceToDetectorMm } from '../../geometry/camera.js'
import {
  distance,
  invertAffine,
  invertRigid,
  scale,
  subtract,
  transformPoint,
} from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'

/*
 * The rendering equations in plain float64, one ray at a time: what the kernels are tested and timed against.
 * Index space: integer = voxel centre; outside the volume 0.
 */

/** A ray in index space: source + alpha * direction, alpha 1 at the detector. */
export interface IndexRay {
  readonly source: Vector3
  readonly direction: Vector3
  readonly lengthMm: number
}

/** Row-major rays of a camera whose detector distance is known. */
export function indexRays(camera: Camera, cameraFromVolume: Matrix4, volume: Volume): IndexRay[] {
  const sddMm = sourceToDetectorMm(camera)
  if (sddMm === null) throw new Error('The reference renderer needs the detector’s pixel spacing.')
  const volumeFromCamera = invertRigid(cameraFromVolume)
  const indexFromLps = invertAffine(lpsFromIndex(volume.grid))
  const toIndex = (point: Vector3) => transformPoint(indexFromLps, transformPoint(volumeFromCamera, point))
  const source = toIndex([0, 0, 0])
  const rays: IndexRay[] = []
  for (let v = 0; v < camera.imageSize.height; v++) {
    for (let u = 0; u < camera.imageSize.width; u++) {
      const target = scale(rayInCamera(camera, [u, v]), sddMm)
      rays.push({
        source,
        direction: subtract(toIndex(target), source),
        lengthMm: distance(target, [0, 0, 0]),
      })
    }
  }
  return rays
}

/** Alpha range of a ray inside the box [low, size - 1 - low] on every axis, within 0..1. */
export function boxRange(ray: IndexRay, size: Vector3, low: number): { enter: number; leave: number } {
  let enter = 0
  let leave = 1
  for (const axis of [0, 1, 2] as const) {
    const d = ray.direction[axis] === 0 ? 1e-12 : ray.direction[axis]
    const a = (low - ray.source[axis]) / d
    const b = (size[axis] - 1 - low - ray.source[axis]) / d
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
  }
  return { enter, leave }
}

/** Trilinear interpolation at an index position; neighbours outside count as 0. */
export function interpolate(volume: Volume, [x, y, z]: Vector3): number {
  const [nx, ny, nz] = volume.grid.size
  const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)]
  const [fx, fy, fz] = [x - ix, y - iy, z - iz]
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const [dx, dy, dz] = [corner & 1, (corner >> 1) & 1, corner >> 2]
    const [i, j, k] = [ix + dx, iy + dy, iz + dz]
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) continue
    const weight = (dx ? fx : 1 - fx) * (dy ? fy : 1 - fy) * (dz ? fz : 1 - fz)
    sum += weight * volume.voxels[i + nx * (j + ny * k)]
  }
  return sum
}

/** Rectangle rule over the samples alphaFirst + k * alphaStep, k < count (spec §1.8). */
export function trilinearIntegral(
  volume: Volume,
  ray: IndexRay,
  samples: { readonly first: number; readonly step: number; readonly count: number },
): number {
  let sum = 0
  for (let k = 0; k < samples.count; k++) {
    const alpha = samples.first + k * samples.step
    sum += interpolate(volume, [
      ray.source[0] + alpha * ray.direction[0],
      ray.source[1] + alpha * ray.direction[1],
      ray.source[2] + alpha * ray.direction[2],
    ])
  }
  return sum * samples.step * ray.lengthMm
}

/** Exact integral through piecewise-constant voxels by sorting all plane crossings (Siddon 1985, spec §1.7). */
export function siddonIntegral(
  volume: Volume,
  ray: IndexRay,
  add: (voxel: number, pathMm: number) => void,
): void {
  const { size } = volume.grid
  const { enter, leave } = boxRange(ray, size, -0.5)
  if (enter >= leave) return
  const crossings = [enter, leave]
  for (const axis of [0, 1, 2] as const) {
    if (ray.direction[axis] === 0) continue
    for (let plane = 0; plane <= size[axis]; plane++) {
      const alpha = (plane - 0.5 - ray.source[axis]) / ray.direction[axis]
      if (alpha > enter && alpha < leave) crossings.push(alpha)
    }
  }
  crossings.sort((a, b) => a - b)
  for (let n = 1; n < crossings.length; n++) {
    const middle = (crossings[n] + crossings[n - 1]) / 2
    const index = size.map((count, axis) =>
      Math.min(count - 1, Math.max(0, Math.round(ray.source[axis] + middle * ray.direction[axis]))),
    )
    add(
      index[0] + size[0] * (index[1] + size[1] * index[2]),
      (crossings[n] - crossings[n - 1]) * ray.lengthMm,
    )
  }
}
