import { throwIfCancelled } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type XraySource } from '../../contract/operations/sources.js'
import { type OperationContext } from '../../contract/progress.js'
import { scaleCamera } from '../../geometry/camera.js'
import { multiply4 } from '../../geometry/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { type StartingPose } from '../../registration/initial-pose.js'
import { loadViews } from '../../registration/load-views.js'
import { levelForPicture } from '../../rendering/level-for-picture.js'
import { type VolumeRenderer } from '../../rendering/volume-renderers.js'
import { readSavedRegistration, type RegistrationRecord } from './read-saved-registration.js'

/** One X-ray of a saved registration as it was compared. */
export interface SavedView {
  readonly name: string
  /** As used: after crop, mirrored where the start was, with refined intrinsics where these were asked for. */
  readonly camera: Camera
  /** Attenuation bright, columns as the camera sees them, with its valid pixels. */
  readonly picture: GreyPicture
  readonly xray: XraySource
  /** The X-ray's columns were reversed for the comparison. */
  readonly mirroredColumns: boolean
}

/** A saved registration with its inputs loaded, ready to be looked at again. */
export interface SavedRegistration extends RegistrationRecord {
  readonly views: readonly SavedView[]
  /** The volume as it was registered: attenuation model, structures. */
  readonly rendered: VolumeRenderer
}

/**
 * Opens `result.json`, or the folder with it. Errors: those of `readSavedRegistration` and `loadViews`, `cancelled`.
 */
export async function openSavedRegistration(
  path: string,
  { signal, onProgress }: Pick<OperationContext, 'signal' | 'onProgress'>,
): Promise<SavedRegistration> {
  const message = 'Reading the result and its inputs'
  onProgress({ phase: 'open', fraction: null, message, elapsedMs: 0, remainingMs: null })
  const record = await readSavedRegistration(path, signal)
  throwIfCancelled(signal)
  const { loaded, start, views } = await loadViews(record.input, signal, startOfNetwork(record))
  return {
    ...record,
    rendered: loaded.rendered,
    views: views.map(({ name, picture }, index) => ({
      name,
      picture,
      camera: record.result.views[index].camera,
      xray: record.input.views[index].xray,
      mirroredColumns: start.mirroredColumns,
    })),
  }
}

/** A network's start is known from the result, which must open without the network. */
function startOfNetwork({ input, result }: RegistrationRecord): StartingPose | undefined {
  if (input.initial.kind !== 'model') return undefined
  const { initial, mirroredColumns = false } = result
  return { ...initial, mirroredColumns, notes: [] }
}

/**
 * The DRR of a view at a pose, `width` x `height` pixels over the view's whole field: line integrals, row-major, top
 * row first, from the voxels that suit the pixels. For looking at; measured pictures come from the stored voxels.
 */
export function renderSavedView(
  { rendered, views }: SavedRegistration,
  viewIndex: number,
  worldFromVolume: Matrix4,
  { width, height }: { readonly width: number; readonly height: number },
): Float32Array {
  const camera = scaleCamera(views[viewIndex].camera, width, height)
  const cameraFromVolume = multiply4(camera.cameraFromWorld, worldFromVolume)
  const level = levelForPicture(rendered, camera, cameraFromVolume)
  return rendered.renderer.render({ level, camera, cameraFromVolume, method: 'trilinear' })
}
