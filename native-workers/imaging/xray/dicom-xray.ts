import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type FrameChoice } from '../../contract/operations/sources.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type DicomDataSet, readDicomDataSet } from '../dicom/data-set.js'
import { requireCompletePixelData } from '../dicom/pixel-data-complete.js'
import { requireManageableSize } from '../grid-checks.js'
import { undecodableError } from '../input-file.js'
import { readItkImage } from '../itk/image-io.js'
import { type XrayImage } from '../xray-image.js'
import { chooseFrame } from './frames.js'
import { toGrey } from './luminance.js'
import { detectorPitch, xrayTags } from './xray-tags.js'

const crossSections: Readonly<Record<string, string>> = {
  CT: 'a CT slice',
  MR: 'an MR slice',
  PT: 'a PET slice',
  NM: 'a nuclear medicine picture',
  US: 'an ultrasound picture',
}

/** Refuses what is no projection picture, in words. Errors: `format-unsupported`. */
export function requireProjection(dataSet: DicomDataSet): void {
  const name = basename(dataSet.path)
  if (dataSet.pixelData === null) {
    throw new UserError(
      'format-unsupported',
      `"${name}" is a DICOM object without a picture.`,
      'Choose an X-ray.',
    )
  }
  const crossSection = crossSections[dataSet.text('x00080060') ?? '']
  if (crossSection === undefined) return
  throw new UserError('format-unsupported', `"${name}" is ${crossSection}, not an X-ray.`, 'Choose an X-ray.')
}

function tableIssues(dataSet: DicomDataSet): GeometryIssue[] {
  if (!dataSet.has('x00283000')) return []
  return [
    {
      code: 'note',
      severity: 'note',
      message: 'The file holds a modality lookup table, which is not applied; the stored values are used.',
    },
  ]
}

/**
 * Reads an X-ray from DICOM (CR, DX, XA, RF, secondary capture). The decoder applies the rescale and turns MONOCHROME1
 * so that large values are bright; it must not be inverted again. Errors: `file-truncated`, `file-unreadable`,
 * `format-unsupported`, `input-invalid` (no such frame).
 */
export async function readDicomXray(path: string, frame: FrameChoice): Promise<XrayImage> {
  const name = basename(path)
  const dataSet = await readDicomDataSet(path)
  requireProjection(dataSet)
  const [width, height] = [dataSet.uint16('x00280011') ?? 0, dataSet.uint16('x00280010') ?? 0]
  const tags = xrayTags(dataSet)
  const components = dataSet.uint16('x00280002') ?? 1
  requireManageableSize([width, height, tags.frames], 4 * components, name)
  await requireCompletePixelData(dataSet)
  const image = await readItkImage(path, 'dicom')
  if (image.pixels.length !== width * height * tags.frames * image.components) {
    throw undecodableError(path, 'a DICOM X-ray')
  }
  const { grey, issues } = toGrey(image.pixels, image.components)
  const pitch = detectorPitch(tags, dataSet.text('x00280a02'))
  return {
    width,
    height,
    pixels: chooseFrame(grey, width * height, frame, name),
    tags,
    detectorPitchMm: pitch.pitchMm,
    issues: [...issues, ...pitch.issues, ...tableIssues(dataSet)],
    format: `DICOM ${tags.modality ?? ''}`.trim(),
  }
}
