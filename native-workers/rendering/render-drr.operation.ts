import { throwIfCancelled } from '../contract/errors.js'
import { type RenderDrrInput, type RenderDrrOutput } from '../contract/operations/drr.js'
import { type Operation } from '../contract/progress.js'
import { assertCamera } from '../geometry/assert-camera.js'
import { assertRigid, multiply4 } from '../geometry/matrix.js'
import { loadVolume } from '../imaging/volume-cache.js'
import { loadRestriction } from './load-restriction.js'
import { levelForPicture } from './level-for-picture.js'
import { volumeRenderer } from './volume-renderers.js'

/** Twice as far as registration samples: 0.2 % of the brightest pixel off (root mean square), and up to twice as fast. */
const previewStepVoxels = 2

/**
 * Renders a DRR. `full` integrates the stored voxels; `preview` takes the pyramid level whose voxels match the picture's
 * pixels, fast enough to follow the mouse. Errors: those of `loadVolume` and `loadLabels`, `geometry-invalid`.
 */
export const renderDrr: Operation<RenderDrrInput, RenderDrrOutput> = async (input, { signal }) => {
  assertCamera(input.camera, 'The camera')
  assertRigid(input.worldFromVolume, 'The pose worldFromVolume')
  const loaded = await loadVolume(input.volume, signal)
  const labels = await loadRestriction(input.labels, loaded, signal)
  throwIfCancelled(signal)
  const preview = input.quality === 'preview'
  const rendered = await volumeRenderer(loaded, {
    attenuation: input.attenuation,
    boneMultiplier: input.boneMultiplier,
    labels,
    grid: preview ? 'pyramid' : 'stored',
    capRays: preview,
    threads: input.threads,
  })
  throwIfCancelled(signal)
  const cameraFromVolume = multiply4(input.camera.cameraFromWorld, input.worldFromVolume)
  const started = performance.now()
  const pixels = rendered.renderer.render({
    level: preview ? levelForPicture(rendered, input.camera, cameraFromVolume) : 0,
    camera: input.camera,
    cameraFromVolume,
    method: preview ? 'trilinear' : input.method,
    stepVoxels: preview ? previewStepVoxels : input.stepVoxels,
  })
  const findings = loaded.summary.issues.filter(({ severity }) => severity !== 'note')
  const warnings = [...findings, ...(labels?.issues ?? [])].map(({ message }) => message)
  if (pixels.every((value) => value === 0)) {
    warnings.push(
      'No ray of the picture meets anything that attenuates: the volume is not between source and detector.',
    )
  }
  return {
    ...input.camera.imageSize,
    pixels,
    milliseconds: performance.now() - started,
    warnings,
  }
}
