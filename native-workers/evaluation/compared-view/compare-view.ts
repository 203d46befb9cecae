import { throwIfCancelled } from '../../contract/errors.js'
import { type ComparedDrr, type ViewEvaluation } from '../../contract/operations/evaluate-registration.js'
import { scaleCamera } from '../../geometry/camera.js'
import { multiply4 } from '../../geometry/matrix.js'
import { areaResample } from '../../imaging/picture/area-resample.js'
import { type VolumeRenderer } from '../../rendering/volume-renderers.js'
import { renderFineSiddon } from '../high-quality-drr/fine-siddon.js'
import { pictureMetrics } from '../metrics/picture-metrics.js'
import { renderSavedView, type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { greyLevels } from './grey-levels.js'

/** Rays per pixel edge of the high-quality DRR. */
const supersampling = 2

/** A view's pictures as grey levels 0..255 of one size, and how alike they are. */
export interface ComparedView {
  readonly xray: Uint8Array
  /** 1 = compared: neither collimator nor saturated, and whole after resampling. */
  readonly valid: Uint8Array
  readonly drrs: readonly { readonly drr: ComparedDrr; readonly levels: Uint8Array }[]
  readonly evaluation: ViewEvaluation
}

/**
 * Compares a view's X-ray with the DRRs at the initial and the final pose and with the high-quality DRR at the final
 * pose, all at the X-ray's size or, where its longest edge exceeds the limit, at that. Errors: `cancelled`.
 * @param stored the volume with its voxels as stored
 */
export async function compareView(
  saved: SavedRegistration,
  viewIndex: number,
  stored: VolumeRenderer,
  maxEdgePixels: number,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<ComparedView> {
  const view = saved.views[viewIndex]
  const scale = Math.min(1, maxEdgePixels / Math.max(view.picture.width, view.picture.height))
  const width = Math.max(1, Math.round(view.picture.width * scale))
  const height = Math.max(1, Math.round(view.picture.height * scale))
  const picture = areaResample(view.picture, width, height)
  const camera = scaleCamera(view.camera, width, height)
  const { initial, final } = saved.result
  const fine = await renderFineSiddon(
    {
      renderer: stored.renderer,
      camera,
      cameraFromVolume: multiply4(camera.cameraFromWorld, final.worldFromVolume),
      supersampling,
    },
    signal,
    (fraction) => {
      onFraction(0.5 * fraction)
    },
  )
  const rendered: readonly (readonly [ComparedDrr, Float32Array])[] = [
    ['initial', renderSavedView(saved, viewIndex, initial.worldFromVolume, { width, height })],
    ['final', renderSavedView(saved, viewIndex, final.worldFromVolume, { width, height })],
    ['high-quality', fine],
  ]
  const { valid } = picture
  const xray = greyLevels(picture.pixels, valid)
  const drrs = rendered.map(([drr, pixels]) => ({ drr, levels: greyLevels(pixels, valid) }))
  const comparisons: ViewEvaluation['comparisons'] = []
  for (const [index, { drr, levels }] of drrs.entries()) {
    throwIfCancelled(signal)
    const pair = { width, height, fixed: xray, moving: levels }
    const whole = await pictureMetrics(pair, camera.pixelSpacingMm)
    const isMasked = valid.includes(0)
    const inMask = isMasked ? await pictureMetrics({ ...pair, valid }, camera.pixelSpacingMm) : whole
    comparisons.push({ drr, whole, inMask })
    onFraction(0.5 + (0.5 * (index + 1)) / drrs.length)
  }
  const validPixelFraction = valid.reduce((sum, mark) => sum + mark, 0) / valid.length
  const evaluation = { xray: view.name, width, height, validPixelFraction, comparisons }
  return { xray, valid, drrs, evaluation }
}
