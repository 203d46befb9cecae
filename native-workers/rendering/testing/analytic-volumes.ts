import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { intrinsicMatrix } from '../../geometry/camera.js'
import { affine, multiply3, multiplyVector3, subtract, transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../../imaging/volume.js'

/** Voxels sampled from a function of LPS millimetres. */
export function sampledVolume(grid: VolumeGrid, value: (point: Vector3) => number): Volume<Float32Array> {
  const [nx, ny, nz] = grid.size
  const toLps = lpsFromIndex(grid)
  const voxels = new Float32Array(nx * ny * nz)
  for (let n = 0; n < voxels.length; n++) {
    const index: Vector3 = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    voxels[n] = value(transformPoint(toLps, index))
  }
  return { grid, voxels }
}

/** An oblique grid of unequal spacings, off the origin, as scanners give them. */
export const obliqueGrid: VolumeGrid = {
  size: [46, 50, 40],
  spacingMm: [2, 1.8, 2.4],
  originMm: [-61, 12, 830],
  direction: rotationFromVector([0.2, -0.15, 0.3]),
}

/** An axis-aligned grid around the origin. */
export function centredGrid(size: Vector3, spacingMm: Vector3): VolumeGrid {
  const origin = (axis: 0 | 1 | 2) => -((size[axis] - 1) / 2) * spacingMm[axis]
  return {
    size,
    spacingMm,
    originMm: [origin(0), origin(1), origin(2)],
    direction: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  }
}

/** Gaussian blobs without any symmetry, fading out inside the grid: every pose looks different and derivatives exist. */
export function blobVolume(grid: VolumeGrid): Volume<Float32Array> {
  const centre = gridCentreMm(grid)
  const blobs: readonly { readonly at: Vector3; readonly radiusMm: number; readonly height: number }[] = [
    { at: [0, 0, 0], radiusMm: 13, height: 0.02 },
    { at: [14, 6, -9], radiusMm: 7, height: 0.04 },
    { at: [-12, 9, 12], radiusMm: 6, height: 0.05 },
    { at: [-5, -14, -6], radiusMm: 8, height: 0.03 },
    { at: [9, -8, 14], radiusMm: 5, height: 0.06 },
  ]
  return sampledVolume(grid, (point) => {
    const local = subtract(point, centre)
    return blobs.reduce((sum, { at, radiusMm, height }) => {
      const [x, y, z] = subtract(local, at)
      return sum + height * Math.exp(-(x * x + y * y + z * z) / (2 * radiusMm * radiusMm))
    }, 0)
  })
}

/** Ellipsoids of even attenuation with edges of about a voxel, as a body with bones has. */
export function bodyVolume(grid: VolumeGrid): Volume<Float32Array> {
  const centre = gridCentreMm(grid)
  const edgeMm = 1
  const parts: readonly { readonly at: Vector3; readonly radiiMm: Vector3; readonly height: number }[] = [
    { at: [0, 0, 0], radiiMm: [30, 24, 32], height: 0.02 },
    { at: [9, 4, -7], radiiMm: [6, 8, 15], height: 0.03 },
    { at: [-11, -6, 8], radiiMm: [9, 5, 6], height: 0.04 },
    { at: [-8, 9, -14], radiiMm: [5, 5, 7], height: 0.05 },
  ]
  return sampledVolume(grid, (point) => {
    const local = subtract(point, centre)
    return parts.reduce((sum, { at, radiiMm, height }) => {
      const [x, y, z] = subtract(local, at)
      const radius = Math.hypot(x / radiiMm[0], y / radiiMm[1], z / radiiMm[2])
      return sum + height / (1 + Math.exp(((radius - 1) * Math.min(...radiiMm)) / (0.3 * edgeMm)))
    }, 0)
  })
}

/** A camera with non-square pixels and its principal point off the centre. */
export function obliqueCamera(width: number, height: number, fieldMm = 160): Camera {
  const pixelSpacingMm = [fieldMm / width, (0.8 * fieldMm) / height] as const
  const sddMm = 1000
  return {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize: { width, height },
    intrinsics: intrinsicMatrix(sddMm / pixelSpacingMm[0], sddMm / pixelSpacingMm[1], [
      0.55 * width,
      0.43 * height,
    ]),
    pixelSpacingMm,
    cameraFromWorld: affine(rotationFromVector([0, 0.1, 0]), [0, 0, 0]),
  }
}

/** Looks at a point of the volume from `distanceMm`, turned away from its axes. */
export function posedBefore(centreMm: Vector3, distanceMm = 700): Matrix4 {
  const front: Matrix3 = [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ]
  const rotation = multiply3(rotationFromVector([0.12, -0.2, 0.25]), front)
  return affine(rotation, subtract([4, -3, distanceMm], multiplyVector3(rotation, centreMm)))
}
