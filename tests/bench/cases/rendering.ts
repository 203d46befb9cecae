import { availableParallelism } from 'node:os'
import { type Camera } from '../../../native-workers/contract/files/camera.js'
import { type Matrix4 } from '../../../native-workers/contract/matrix.js'
import { type Volume } from '../../../native-workers/imaging/volume.js'
import { DrrRenderer } from '../../../native-workers/rendering/cpu/drr-renderer.js'
import { pixelFloats, pixelImage, renderMode } from '../../../native-workers/rendering/cpu/job-layout.js'
import { rayGeometry } from '../../../native-workers/rendering/cpu/ray-geometry.js'
import { boxRange, indexRays } from '../../../native-workers/rendering/reference/line-integral.js'
import { kernelPicture } from '../support/kernel-picture.js'
import { plainTrilinear } from '../support/plain-trilinear.js'
import { figure, heading, line } from '../support/report.js'
import { ratioOf, spreadOf, timeInTurn } from '../support/timing.js'

/** Renders one 256 x 256 picture in every way in turn, and prints times and their ratios. */
export async function benchRendering(
  attenuation: Volume<Float32Array>,
  camera: Camera,
  cameraFromVolume: Matrix4,
  rounds: number,
): Promise<void> {
  const one = await DrrRenderer.create([{ volume: attenuation }], { threads: 1 })
  const two = await DrrRenderer.create([{ volume: attenuation }], { threads: 2 })
  try {
    const picture = (renderer: DrrRenderer, mode: 'image' | 'jacobian' | 'siddon') =>
      kernelPicture(renderer, 0, camera, cameraFromVolume, renderMode[mode])
    const plainScene = plainSceneOf(one, camera, cameraFromVolume)
    const [image, jacobian, siddon] = [
      picture(one, 'image'),
      picture(one, 'jacobian'),
      picture(one, 'siddon'),
    ]
    const [image2, jacobian2, siddon2] = [
      picture(two, 'image'),
      picture(two, 'jacobian'),
      picture(two, 'siddon'),
    ]
    const [plainMs, imageMs, jacobianMs, siddonMs, image2Ms, jacobian2Ms, siddon2Ms] = timeInTurn(rounds, [
      () => plainTrilinear(plainScene),
      ...[image, jacobian, siddon, image2, jacobian2, siddon2].map(({ render }) => render),
    ])
    const { pixels, samples } = plainTrilinear(plainScene)
    requireSamePicture(pixels, image.records(), 1, 0)
    requireSamePicture(pixels, jacobian.records(), pixelFloats, pixelImage)
    const crossings = voxelCrossings(attenuation, camera, cameraFromVolume)

    heading('Rendering: 256 x 256 pixels, every voxel of the CT, one sample per voxel edge')
    line('samples (trilinear), voxels crossed (Siddon)', `${millions(samples)}, ${millions(crossings)}`)
    figure('plain TypeScript, trilinear, 1 thread', spreadOf(plainMs), 'ms')
    figure('WebAssembly, trilinear, 1 thread', spreadOf(imageMs), 'ms')
    figure('WebAssembly, trilinear with Jacobian, 1 thread', spreadOf(jacobianMs), 'ms')
    figure('WebAssembly, Siddon, 1 thread', spreadOf(siddonMs), 'ms')
    figure('WebAssembly, trilinear, 2 threads', spreadOf(image2Ms), 'ms')
    figure('WebAssembly, trilinear with Jacobian, 2 threads', spreadOf(jacobian2Ms), 'ms')
    figure('WebAssembly, Siddon, 2 threads', spreadOf(siddon2Ms), 'ms')
    figure('plain TypeScript : WebAssembly', ratioOf(plainMs, imageMs), 'times')
    figure('with Jacobian : without, 1 thread', ratioOf(jacobianMs, imageMs), 'times', 'at most 1.2')
    figure('with Jacobian : without, 2 threads', ratioOf(jacobian2Ms, image2Ms), 'times', 'at most 1.2')
    figure('1 thread : 2 threads, trilinear', ratioOf(imageMs, image2Ms), 'times', 'at least 1.7')
    figure('1 thread : 2 threads, with Jacobian', ratioOf(jacobianMs, jacobian2Ms), 'times', 'at least 1.7')
    figure('1 thread : 2 threads, Siddon', ratioOf(siddonMs, siddon2Ms), 'times', 'at least 1.7')
    const perItem = (elapsedMs: readonly number[], items: number) =>
      spreadOf(elapsedMs.map((value) => (value * 1e6) / items))
    figure('trilinear, 1 thread', perItem(imageMs, samples), 'ns per sample')
    figure('Siddon, 1 thread', perItem(siddonMs, crossings), 'ns per voxel crossed')
    if (availableParallelism() < 2)
      line('note', 'this machine has one core: figures for 2 threads say nothing')
  } finally {
    one.dispose()
    two.dispose()
  }
}

function plainSceneOf(renderer: DrrRenderer, camera: Camera, cameraFromVolume: Matrix4) {
  const [level] = renderer.levels
  const { source, rays, basisRays } = rayGeometry(camera, cameraFromVolume, level)
  const [nx, ny, nz] = level.size
  return {
    // A copy, since shared memory might be slower for plain code.
    voxels: renderer.threads.arena.floats(level.voxels, nx * ny * nz).slice(),
    size: level.size,
    ...camera.imageSize,
    source,
    rays,
    raysMm: basisRays,
    stepMm: Math.min(...level.spacingMm),
  }
}

/** Times mean nothing where the pictures differ. */
function requireSamePicture(
  expected: Float32Array,
  records: Float32Array,
  stride: number,
  offset: number,
): void {
  const brightest = expected.reduce((max, value) => Math.max(max, value), 0)
  const difference = expected.reduce(
    (max, value, n) => Math.max(max, Math.abs(value - records[n * stride + offset])),
    0,
  )
  if (!(brightest > 0) || !(difference < 1e-4 * brightest)) {
    throw new Error(`The kernel's picture differs from the plain loop's by ${String(difference)}.`)
  }
}

/** Voxels that the rays pass through, borders between them counted by axis. */
function voxelCrossings(volume: Volume, camera: Camera, cameraFromVolume: Matrix4): number {
  let crossings = 0
  for (const ray of indexRays(camera, cameraFromVolume, volume)) {
    const { enter, leave } = boxRange(ray, volume.grid.size, -0.5)
    if (enter >= leave) continue
    const cell = (alpha: number, axis: 0 | 1 | 2) =>
      Math.floor(ray.source[axis] + alpha * ray.direction[axis] + 0.5)
    crossings += 1
    for (const axis of [0, 1, 2] as const) crossings += Math.abs(cell(leave, axis) - cell(enter, axis))
  }
  return crossings
}

const millions = (count: number) => `${(count / 1e6).toFixed(1)} M`
