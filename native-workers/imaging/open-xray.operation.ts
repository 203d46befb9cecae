import { basename } from 'node:path'
import { UserError, throwIfCancelled } from '../contract/errors.js'
import { type Camera } from '../contract/files/camera.js'
import { type GeometryIssue } from '../contract/operations/volume.js'
import { type OpenXrayInput, type OpenXrayOutput } from '../contract/operations/xray.js'
import { type Operation } from '../contract/progress.js'
import { cameraForXray } from './camera-for-xray.js'
import { loadXray } from './load-xray.js'
import { type PreparedXray, type XrayImage } from './xray-image.js'

/** Without a stated source the tags are asked; what they leave open becomes an issue instead of an error. */
async function cameraOrIssue(
  source: OpenXrayInput['camera'],
  image: XrayImage,
  prepared: PreparedXray,
): Promise<{ camera: Camera | null; issues: GeometryIssue[] }> {
  try {
    return { camera: await cameraForXray(source ?? { kind: 'numbers' }, image, prepared), issues: [] }
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'geometry-missing') throw error
    return {
      camera: null,
      // The hint names options of the command line.
      issues: [{ code: 'missing-spacing', severity: 'warning', message: error.message }],
    }
  }
}

/**
 * Opens an X-ray for display: preprocessed pixels, mask, tags, findings, and its camera where the geometry is known.
 * Errors: those of `readXray`, `prepareXray` and `cameraForXray` (a camera of another image size), `cancelled`.
 */
export const openXray: Operation<OpenXrayInput, OpenXrayOutput> = async (input, { signal }) => {
  throwIfCancelled(signal)
  const { image, prepared } = await loadXray(input.xray)
  throwIfCancelled(signal)
  const { camera, issues } = await cameraOrIssue(input.camera, image, prepared)
  const notes = prepared.notes.map((message): GeometryIssue => ({ code: 'note', severity: 'note', message }))
  const validPixels = prepared.valid.reduce((sum, value) => sum + value, 0)
  return {
    name: basename(input.xray.path),
    format: image.format,
    tags: image.tags,
    issues: [...image.issues, ...issues, ...notes],
    camera,
    validPixelFraction: validPixels / prepared.valid.length,
    picture: {
      width: prepared.width,
      height: prepared.height,
      pixels: new Float32Array(prepared.pixels),
      valid: new Uint8Array(prepared.valid),
    },
  }
}
