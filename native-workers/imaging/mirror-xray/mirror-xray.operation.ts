import { basename, join } from 'node:path'
import { throwIfCancelled } from '../../contract/errors.js'
import { type CameraSource } from '../../contract/operations/sources.js'
import {
  type MirrorXrayInput,
  type MirrorXrayOutput,
  type MirrorXrayReport,
  mirrorXrayReportSchema,
} from '../../contract/operations/mirror-xray.js'
import { type Operation } from '../../contract/progress.js'
import { mirroredCamera } from '../../geometry/mirrored-camera.js'
import { writeFileAtomic } from '../atomic-write.js'
import { cameraForXray } from '../camera-for-xray.js'
import { detectFormat, type FileFormat } from '../file-format.js'
import { reverseColumns } from '../picture/reverse-columns.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { readXray } from '../read-xray.js'
import { type XrayImage } from '../xray-image.js'
import { losslessForm, writeLosslessPicture } from './lossless-picture.js'

/**
 * Mirrors an X-ray, columns reversed, and its camera, so that a mirrored CT is registered against it as the original
 * CT against the original. Values stay exact; DICOM becomes a picture, since its other tags would no longer be true.
 * Errors: `output-exists`, `output-unwritable`, `cancelled`, those of `readXray` and `cameraForXray`.
 */
export const mirrorXray: Operation<MirrorXrayInput, MirrorXrayOutput> = async (input, context) => {
  const { xrayPath, frame, camera, folder, caseName, force } = input
  const { signal, onProgress } = context
  const begin = (fraction: number, message: string) => {
    throwIfCancelled(signal)
    onProgress({ phase: 'mirror-xray', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  begin(0, `Reading ${basename(xrayPath)}`)
  const format = await detectFormat(xrayPath)
  const image = await readXray(xrayPath, frame)
  const form = losslessForm(image.pixels, format)
  const base = join(folder, `${caseName}_mirrored`)
  const files = { xrayPath: `${base}${form.ending}`, cameraPath: `${base}.camera.json` }
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'mirror-xray',
      settings: { frame, camera: camera.kind === 'file' ? { kind: 'file' } : camera },
      inputs: [{ role: 'xray', path: xrayPath }, ...cameraInputs(camera)],
      recordPath: `${base}.provenance.json`,
      force,
    },
    mirrorXrayReportSchema,
    async (stage): Promise<MirrorXrayReport> => {
      const stagedXray = await stage(files.xrayPath)
      const stagedCamera = await stage(files.cameraPath)
      const { width, height } = image
      const cropOffset = { left: 0, top: 0 }
      const mirrored = mirroredCamera(await cameraForXray(camera, image, { cropOffset, width, height }))
      begin(0.5, `Writing ${basename(files.xrayPath)}`)
      const picture = { width, height, pixels: reverseColumns(image.pixels, width) }
      await writeLosslessPicture(stagedXray, picture, form, image.detectorPitchMm)
      await writeFileAtomic(stagedCamera, `${JSON.stringify(mirrored, null, 2)}\n`)
      return { camera: mirrored, format: form.name, warnings: lossWarnings(image, format, form.name) }
    },
    signal,
  )
  return { ...report, ...files, isUpToDate }
}

const cameraInputs = (camera: CameraSource) =>
  camera.kind === 'file' ? [{ role: 'camera', path: camera.path }] : []

/** What the mirrored picture no longer says, and what was found when reading its source. */
function lossWarnings({ issues, tags }: XrayImage, format: FileFormat, form: string): string[] {
  const isLogarithmic = tags.pixelIntensityRelationship === 'LOG'
  return [
    ...issues.filter(({ severity }) => severity !== 'note').map(({ message }) => message),
    ...(format === 'dicom'
      ? [
          `The DICOM X-ray was written as a picture (${form}) with the stored values after rescale; its geometry stands in the camera file, its other tags are left behind.`,
        ]
      : []),
    ...(isLogarithmic
      ? [
          'The X-ray is stated to be logarithmic (Pixel Intensity Relationship LOG), which the picture no longer says: do not linearize it.',
        ]
      : []),
  ]
}
