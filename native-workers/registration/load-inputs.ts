import { basename } from 'node:path'
import { throwIfCancelled } from '../contract/errors.js'
import { type RegisterInput } from '../contract/operations/register.js'
import { type XrayTags } from '../contract/operations/xray.js'
import { mirrorColumns } from '../geometry/camera.js'
import { cameraForXray } from '../imaging/camera-for-xray.js'
import { loadXray } from '../imaging/load-xray.js'
import { type GreyPicture } from '../imaging/picture/area-resample.js'
import { loadVolume } from '../imaging/volume-cache.js'
import { loadRestriction } from '../rendering/load-restriction.js'
import { type VolumeRenderer, volumeRenderer } from '../rendering/volume-renderers.js'
import { type RegistrationView } from './registration-scene.js'

/** A view with what is to be told about it. */
export interface LoadedView extends RegistrationView {
  /** Pixels that were cropped at the left and at the top. */
  readonly cropOffset: { readonly left: number; readonly top: number }
  readonly notes: readonly string[]
}

export interface LoadedInputs {
  readonly rendered: VolumeRenderer
  readonly views: readonly LoadedView[]
  readonly firstTags: XrayTags
  readonly warnings: readonly string[]
  /** Whether only some structures of the volume are rendered. */
  readonly restricted: boolean
}

/** Reads everything that a registration names. Errors: those of `loadVolume`, `loadLabels`, `loadXray`, `cameraForXray`. */
export async function loadInputs(input: RegisterInput, signal: AbortSignal): Promise<LoadedInputs> {
  // X-rays first: what is missing there is told before a large CT is read.
  const xrays = await Promise.all(
    input.views.map(async ({ xray, camera }) => {
      const { image, prepared } = await loadXray(xray)
      return {
        image,
        prepared,
        name: basename(xray.path),
        camera: await cameraForXray(camera, image, prepared),
      }
    }),
  )
  throwIfCancelled(signal)
  const loaded = await loadVolume(input.volume, signal)
  const labels = await loadRestriction(input.labels, loaded, signal)
  throwIfCancelled(signal)
  const rendered = await volumeRenderer(loaded, {
    attenuation: input.attenuation,
    boneMultiplier: input.boneMultiplier,
    labels,
    grid: 'pyramid',
    capRays: input.capRays,
    threads: input.threads,
  })
  const issues = [...loaded.summary.issues, ...(labels?.issues ?? [])]
  return {
    rendered,
    restricted: labels !== undefined,
    firstTags: xrays[0].image.tags,
    views: xrays.map(({ image, prepared, name, camera }) => ({
      name,
      camera,
      picture: prepared,
      cropOffset: prepared.cropOffset,
      notes: [...image.issues.map(({ message }) => message), ...prepared.notes],
    })),
    warnings: issues.filter(({ severity }) => severity !== 'note').map(({ message }) => message),
  }
}

/** A view with its columns reversed, for conventions that show pictures from the detector's side. */
export function mirroredView(view: LoadedView, note: string): LoadedView {
  return {
    ...view,
    camera: mirrorColumns(view.camera),
    picture: reversedColumns(view.picture),
    notes: [...view.notes, note],
  }
}

function reversedColumns({ width, height, pixels, valid }: GreyPicture): GreyPicture {
  const from = (n: number) => n - (n % width) + (width - 1 - (n % width))
  return {
    width,
    height,
    pixels: pixels.map((_, n) => pixels[from(n)]),
    valid: valid.map((_, n) => valid[from(n)]),
  }
}
