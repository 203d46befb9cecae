import { setImmediate } from 'node:timers/promises'
import { type Camera } from '../../contract/files/camera.js'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { cropCamera, scaleCamera } from '../../geometry/camera.js'
import { type DrrRenderer } from '../../rendering/cpu/drr-renderer.js'

/** Rays that are traced between two looks at the signal: a tenth of a second or so. */
const raysPerTile = 2 ** 18

export interface FineRender {
  /** Holds the voxels as stored in its level 0. */
  readonly renderer: Pick<DrrRenderer, 'render'>
  readonly camera: Camera
  readonly cameraFromVolume: Matrix4
  /** N x N rays evenly over each pixel's area. */
  readonly supersampling: number
}

/**
 * Exact line integrals (Siddon) through the stored voxels, each pixel the mean over the rays through its area: row-major,
 * top row first. Computed in strips, so that it can be cancelled and tells how far it is. Errors: `cancelled`.
 */
export async function renderFineSiddon(
  { renderer, camera, cameraFromVolume, supersampling }: FineRender,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Float32Array> {
  const { width, height } = camera.imageSize
  const fine = scaleCamera(camera, width * supersampling, height * supersampling)
  const rowsPerStrip = Math.max(1, Math.floor(raysPerTile / (width * supersampling ** 2)))
  const pixels = new Float32Array(width * height)
  for (let top = 0; top < height; top += rowsPerStrip) {
    throwIfCancelled(signal)
    const rows = Math.min(rowsPerStrip, height - top)
    const strip = cropCamera(fine, 0, top * supersampling, width * supersampling, rows * supersampling)
    const rays = renderer.render({ level: 0, camera: strip, cameraFromVolume, method: 'siddon' })
    pixels.set(blockMeans(rays, width, rows, supersampling), top * width)
    onFraction((top + rows) / height)
    await setImmediate()
  }
  throwIfCancelled(signal)
  return pixels
}

function blockMeans(rays: Float32Array, width: number, height: number, size: number): Float32Array {
  const sums = new Float64Array(width * height)
  for (let y = 0; y < height * size; y++) {
    for (let x = 0; x < width * size; x++) {
      sums[Math.floor(y / size) * width + Math.floor(x / size)] += rays[y * width * size + x]
    }
  }
  return Float32Array.from(sums, (sum) => sum / size ** 2)
}
