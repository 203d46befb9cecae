import { type Camera } from '../../../native-workers/contract/files/camera.js'
import { type Matrix4 } from '../../../native-workers/contract/matrix.js'
import { type DrrRenderer, noCaps, rowsPerItem } from '../../../native-workers/rendering/cpu/drr-renderer.js'
import {
  jobBytes,
  pixelFloats,
  type RenderMode,
  writeJob,
} from '../../../native-workers/rendering/cpu/job-layout.js'
import { rayGeometry } from '../../../native-workers/rendering/cpu/ray-geometry.js'
import { task } from '../../../native-workers/rendering/cpu/render-threads.js'

/** A picture that the kernel renders again and again, without copying it out; holds its memory in the arena. */
export interface KernelPicture {
  readonly render: (cameraFromVolume: Matrix4) => void
  readonly records: () => Float32Array
}

/** @param mode image or jacobian (eight floats a pixel) or siddon */
export function kernelPicture(
  renderer: DrrRenderer,
  levelIndex: number,
  camera: Camera,
  mode: RenderMode,
): KernelPicture {
  const { arena } = renderer.threads
  const level = renderer.levels[levelIndex]
  const { width, height } = camera.imageSize
  const length = width * height * pixelFloats
  const job = arena.allocate(jobBytes)
  const out = arena.allocate(length * 4)
  const items = Math.ceil(height / rowsPerItem)
  return {
    render: (cameraFromVolume) => {
      writeJob(arena, job, {
        ...rayGeometry(camera, cameraFromVolume, level),
        size: level.size,
        voxels: level.voxels,
        labels: 0,
        width,
        height,
        valid: 0,
        target: 0,
        out,
        sampling: { stepMm: Math.min(...level.spacingMm) },
        capAxis: noCaps.axis,
        capEnds: noCaps.ends,
        channels: 1,
        mode,
        rowSums: 0,
      })
      renderer.threads.run(task.render, job, 0, items, items)
    },
    records: () => arena.floats(out, length),
  }
}
