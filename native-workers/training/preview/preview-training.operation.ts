import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../contract/errors.js'
import type { Vector3 } from '../../contract/matrix.js'
import {
  type PreviewTrainingInput,
  type PreviewTrainingOutput,
} from '../../contract/operations/preview-training.js'
import { type Operation } from '../../contract/progress.js'
import { cameraFromDiffdrr, poseFromDiffdrr } from '../../geometry/adapters/diffdrr.js'
import { rotationFromEuler, toRadians } from '../../geometry/rotations/euler.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { levelForPicture } from '../../rendering/level-for-picture.js'
import { volumeRenderer } from '../../rendering/volume-renderers.js'
import { spreadPoses } from './spread-poses.js'

const stepVoxels = 2

/**
 * Renders a few X-rays at poses spread over a training's ranges, with the volume's middle as the isocentre. The
 * renderer is the window's live one, so that a preview costs no second copy of the CT; intensities are therefore those
 * of an unscaled bone. Errors: those of `loadVolume`.
 */
export const previewTraining: Operation<PreviewTrainingInput, PreviewTrainingOutput> = async (
  { subject, detector, range, count, seed, pictureSize },
  { signal },
) => {
  const loaded = await loadVolume(subject.volume, signal)
  throwIfCancelled(signal)
  const rendered = await volumeRenderer(loaded, {
    attenuation: 'mu',
    boneMultiplier: 1,
    grid: 'pyramid',
    capRays: true,
  })
  const size = Math.min(pictureSize, detector.height)
  const delxMm = (detector.delxMm * detector.height) / size
  const shape = { sddMm: detector.sddMm, height: size, width: size, delxMm, delyMm: delxMm, x0Mm: 0, y0Mm: 0 }
  const camera = cameraFromDiffdrr(shape, detector)
  const isocentreMm = gridCentreMm(loaded.volume.grid)
  const samples: PreviewTrainingOutput['samples'] = []
  for (const { rotationDeg, translationMm } of spreadPoses(range, count, seed)) {
    // Cancels are heard between pictures.
    await setImmediate()
    throwIfCancelled(signal)
    const [alpha, beta, gamma] = rotationDeg
    const anglesRad: Vector3 = [toRadians(alpha), toRadians(beta), toRadians(gamma)]
    const { cameraFromVolume, mirroredColumns } = poseFromDiffdrr(
      { ...detector, rotation: rotationFromEuler('ZXY', anglesRad), translationMm },
      isocentreMm,
    )
    const level = levelForPicture(rendered, camera, cameraFromVolume)
    const line = rendered.renderer.render({
      level,
      camera,
      cameraFromVolume,
      method: 'trilinear',
      stepVoxels,
    })
    const filled = line.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
    samples.push({
      rotationDeg,
      translationMm,
      pixels: greys(line, size, mirroredColumns),
      filledShare: filled / line.length,
    })
  }
  return { width: size, height: size, samples }
}

/** Min-max normalised to 8 bit; an even picture is black. */
function greys(values: Float32Array, width: number, reverses: boolean): Uint8Array<ArrayBuffer> {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const scale = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(values, (_, n) => {
    const column = n % width
    const from = reverses ? n - column + (width - 1 - column) : n
    return Math.round(((values[from] ?? low) - low) * scale)
  })
}
