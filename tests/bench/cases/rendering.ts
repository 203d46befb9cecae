import { availableParallelism } from 'node:os'
import { type Camera } from '../../../native-workers/contract/files/camera.js'
import { type Matrix4 } from '../../../native-workers/contract/matrix.js'
import { type Volume } from '../../../native-workers/imaging/volume.js'
import { DrrRenderer } from '../../../native-workers/rendering/cpu/drr-renderer.js'
import { pixelFloats, pixelImage, renderMode } from '../../../native-workers/rendering/cpu/job-layout.js'
import { rayGeometry } from '../../../native-workers/rendering/cpu/ray-geometry.js'
import { type VolumeLevel } from '../../../native-workers/rendering/cpu/volume-level.js'
import { boxRange, indexRays } from '../../../native-workers/rendering/reference/line-integral.js'
import { kernelPicture } from '../support/kernel-picture.js'
import { type PlainScene, plainTrilinear } from '../support/plain-trilinear.js'
import { figure, heading, line } from '../support/report.js'
import { ratioOf, spreadOf, timeInTurn } from '../support/timing.js'

type Mode = 'image' | 'jacobian' | 'siddon'

/**
 * Renders pictures of every voxel of the CT in every way in turn, each round from another pose, and prints times and
 * their ratios.
 */
export async function benchRendering(
  attenuation: Volume<Float32Array>,
  camera: Camera,
  poses: readonly Matrix4[],
): Promise<void> {
  const one = await DrrRenderer.create([{ volume: attenuation }], { threads: 1 })
  const two = await DrrRenderer.create([{ volume: attenuation }], { threads: 2 })
  try {
    const kernel = (renderer: DrrRenderer, mode: Mode) => {
      const picture = kernelPicture(renderer, 0, camera, renderMode[mode])
      return (round: number) => {
        picture.render(poses[round])
      }
    }
    // A copy, since shared memory might be slower for plain code.
    const voxels = one.threads.arena.floats(one.levels[0].voxels, voxelCount(one.levels[0])).slice()
    const plainScenes = poses.map((pose) => plainSceneOf(voxels, one.levels[0], camera, pose))
    requireSamePictures(one, camera, poses[0], plainScenes[0])
    const [plainMs, imageMs, jacobianMs, siddonMs, image2Ms, jacobian2Ms, siddon2Ms] = timeInTurn(
      poses.length,
      [
        (round) => plainTrilinear(plainScenes[round]),
        kernel(one, 'image'),
        kernel(one, 'jacobian'),
        kernel(one, 'siddon'),
        kernel(two, 'image'),
        kernel(two, 'jacobian'),
        kernel(two, 'siddon'),
      ],
    )
    const { width, height } = camera.imageSize
    heading(
      `Rendering: ${String(width)} x ${String(height)} pixels, every voxel of the CT, ${String(poses.length)} poses`,
    )
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
    const samples = plainScenes.map((scene) => plainTrilinear(scene).samples)
    const crossings = poses.map((pose) => voxelCrossings(attenuation, camera, pose))
    figure('trilinear, 1 thread', nanosecondsPer(imageMs, samples), 'ns per sample')
    figure('Siddon, 1 thread', nanosecondsPer(siddonMs, crossings), 'ns per voxel crossed')
    if (availableParallelism() < 2)
      line('note', 'this machine has one core: figures for 2 threads say nothing')
  } finally {
    one.dispose()
    two.dispose()
  }
}

const nanosecondsPer = (elapsedMs: readonly number[], items: readonly number[]) =>
  spreadOf(elapsedMs.map((value, round) => (value * 1e6) / items[round]))

const voxelCount = ({ size: [nx, ny, nz] }: VolumeLevel) => nx * ny * nz

function plainSceneOf(
  voxels: Float32Array,
  level: VolumeLevel,
  camera: Camera,
  cameraFromVolume: Matrix4,
): PlainScene {
  const { source, rays, basisRays } = rayGeometry(camera, cameraFromVolume, level)
  return {
    voxels,
    size: level.size,
    ...camera.imageSize,
    source,
    rays,
    raysMm: basisRays,
    stepMm: Math.min(...level.spacingMm),
  }
}

/** Times mean nothing where the pictures differ. */
function requireSamePictures(
  renderer: DrrRenderer,
  camera: Camera,
  cameraFromVolume: Matrix4,
  plainScene: PlainScene,
): void {
  const { pixels } = plainTrilinear(plainScene)
  const brightest = pixels.reduce((max, value) => Math.max(max, value), 0)
  const layouts = [
    { mode: 'image', stride: 1, offset: 0 },
    { mode: 'jacobian', stride: pixelFloats, offset: pixelImage },
  ] as const
  for (const { mode, stride, offset } of layouts) {
    const picture = kernelPicture(renderer, 0, camera, renderMode[mode])
    picture.render(cameraFromVolume)
    const records = picture.records()
    const difference = pixels.reduce(
      (max, value, n) => Math.max(max, Math.abs(value - records[n * stride + offset])),
      0,
    )
    if (!(brightest > 0) || !(difference < 1e-4 * brightest)) {
      throw new Error(`The kernel's picture differs from the plain loop's by ${String(difference)}.`)
    }
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
