import { type Vector3 } from '../../../native-workers/contract/matrix.js'
import { type RayField } from '../../../native-workers/rendering/cpu/job-layout.js'

export interface PlainScene {
  /** Voxels with a border of zeros, i fastest. */
  readonly voxels: Float32Array
  readonly size: Vector3
  readonly width: number
  readonly height: number
  /** Index space. */
  readonly source: Vector3
  readonly rays: RayField
  /** The same rays in millimetres. */
  readonly raysMm: RayField
  readonly stepMm: number
}

/**
 * The renderer's picture by a plain loop: no SIMD, no threads, but typed arrays, no calls and no objects inside. What
 * the WebAssembly kernel is compared with. Returns the line integrals and how many samples they took.
 */
export function plainTrilinear(scene: PlainScene): { pixels: Float32Array; samples: number } {
  const { voxels, size, width, height, source, rays, raysMm, stepMm } = scene
  const [row, slice] = [size[0], size[0] * size[1]]
  const [sourceX, sourceY, sourceZ] = source
  const pixels = new Float32Array(width * height)
  let samples = 0
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const along = (field: RayField, axis: 0 | 1 | 2) =>
        field.first[axis] + u * field.perColumn[axis] + v * field.perRow[axis]
      const x = along(rays, 0)
      const y = along(rays, 1)
      const z = along(rays, 2)
      const lengthMm = Math.hypot(along(raysMm, 0), along(raysMm, 1), along(raysMm, 2))
      let enter = 0
      let leave = 1
      for (let axis = 0; axis < 3; axis++) {
        const direction = (axis === 0 ? x : axis === 1 ? y : z) || 1e-8
        const a = -source[axis] / direction
        const b = (size[axis] - 1 - 1e-3 - source[axis]) / direction
        enter = Math.max(enter, Math.min(a, b))
        leave = Math.min(leave, Math.max(a, b))
      }
      const stepAlpha = stepMm / lengthMm
      const last = Math.floor(leave / stepAlpha)
      let sum = 0
      for (let k = Math.ceil(enter / stepAlpha); k <= last; k++) {
        const alpha = k * stepAlpha
        const px = sourceX + alpha * x
        const py = sourceY + alpha * y
        const pz = sourceZ + alpha * z
        const ix = px | 0
        const iy = py | 0
        const iz = pz | 0
        const fx = px - ix
        const fy = py - iy
        const base = iz * slice + iy * row + ix
        const c00 = voxels[base] + fx * (voxels[base + 1] - voxels[base])
        const c10 = voxels[base + row] + fx * (voxels[base + row + 1] - voxels[base + row])
        const c01 = voxels[base + slice] + fx * (voxels[base + slice + 1] - voxels[base + slice])
        const far = base + slice + row
        const c11 = voxels[far] + fx * (voxels[far + 1] - voxels[far])
        const c0 = c00 + fy * (c10 - c00)
        sum += c0 + (pz - iz) * (c01 + fy * (c11 - c01) - c0)
        samples++
      }
      pixels[v * width + u] = sum * stepMm
    }
  }
  return { pixels, samples }
}
