import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type RenderHighQualityDrrInput } from '../../contract/operations/high-quality-drr.js'
import { type OperationContext } from '../../contract/progress.js'
import { assertCamera } from '../../geometry/assert-camera.js'
import { assertRigid } from '../../geometry/matrix.js'
import { type RecordedStep } from '../../imaging/provenance/run-recorded.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { type StoredVolume } from './stored-volume.js'
import { uncroppedCamera } from './uncropped-camera.js'

/** What a high-quality DRR shows, from where. */
export interface FineScene {
  readonly volume: StoredVolume
  readonly camera: Camera
  readonly worldFromVolume: Matrix4
  /** The picture is to be written right to left, as the X-ray's file has its columns. */
  readonly mirroredColumns: boolean
}

type Input = RenderHighQualityDrrInput

/** The files that the scene comes from. Errors: `readSavedRegistration`. */
export async function sceneInputs({ scene }: Input, signal: AbortSignal): Promise<RecordedStep['inputs']> {
  if (scene.kind === 'result') return recordedInputs(await readSavedRegistration(scene.resultPath, signal))
  const labels = scene.labels === undefined ? [] : [{ role: 'labels', path: scene.labels.path }]
  return [{ role: 'volume', path: scene.volume.path }, ...labels]
}

/**
 * The scene of a saved registration's view at its final pose, or of a given camera. Errors: `openSavedRegistration`,
 * `input-invalid` (no such view), `geometry-invalid`.
 */
export async function fineScene(input: Input, context: OperationContext): Promise<FineScene> {
  const { scene, threads } = input
  if (scene.kind === 'camera') {
    assertCamera(scene.camera, 'The camera')
    assertRigid(scene.worldFromVolume, 'The pose worldFromVolume')
    const { attenuation = 'mu', boneMultiplier = 1 } = input
    const { volume, labels } = scene
    return { ...scene, volume: { volume, labels, attenuation, boneMultiplier, threads } }
  }
  const saved = await openSavedRegistration(scene.resultPath, context)
  const view = saved.views.at(scene.viewIndex)
  if (view === undefined) {
    throw new UserError(
      'input-invalid',
      `The result has ${saved.views.length} views; there is no view ${scene.viewIndex + 1}.`,
      'Views are counted from 1.',
    )
  }
  const { volume, labels } = saved.input
  return {
    volume: {
      volume,
      labels,
      attenuation: input.attenuation ?? saved.input.attenuation,
      boneMultiplier: input.boneMultiplier ?? saved.input.boneMultiplier,
      threads,
    },
    camera: uncroppedCamera(view),
    worldFromVolume: saved.result.final.worldFromVolume,
    mirroredColumns: view.mirroredColumns,
  }
}
