import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type VolumeSource } from '../../contract/operations/sources.js'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { isCalibrationText } from '../../geometry/camera-files/calibration-text.js'
import { readDicomDataSet } from '../dicom/data-set.js'
import { sliceHeader } from '../dicom/slice-header.js'
import { detectFormat } from '../file-format.js'
import { readItkImage } from '../itk/image-io.js'
import { describeCamera } from './describe-camera.js'
import { describeFolder } from './describe-folder.js'
import { describeJson } from './describe-json.js'
import { describeVolume } from './describe-volume.js'
import { describeXray } from './describe-xray.js'
import { factList, millimetres, point } from './facts.js'

const crossSections = ['CT', 'MR', 'PT']

/** One file of a DICOM series, or an X-ray. */
async function describeDicomFile(path: string): Promise<InfoOutput> {
  const slice = sliceHeader(await readDicomDataSet(path), basename(path))
  if (slice === null || !crossSections.includes(slice.modality)) return describeXray(path)
  return {
    kind: 'dicom-series',
    title: `${slice.name}: one ${slice.modality} slice of a DICOM series`,
    facts: factList([
      ['size', `${slice.columns} x ${slice.rows} pixels`],
      [
        'pixel spacing',
        slice.pixelSpacingMm === undefined ? 'not stated' : millimetres(slice.pixelSpacingMm),
      ],
      ['first pixel (LPS)', slice.positionMm === undefined ? 'not stated' : point(slice.positionMm)],
      ['series', slice.seriesDescription || undefined],
      ['series UID', slice.seriesUid || undefined],
    ]),
    issues: [{ code: 'note', severity: 'note', message: 'A volume is the folder that holds all slices.' }],
  }
}

async function describeText(path: string): Promise<InfoOutput> {
  const text = await readFile(path, 'utf8')
  if (isCalibrationText(text)) return describeCamera(path, 'calibration')
  return { kind: 'other', title: `${basename(path)}: text`, facts: [], issues: [] }
}

/** What a file or folder is. Errors: those of the reader of its format, `format-unknown`. */
export async function describeFile(source: VolumeSource, signal: AbortSignal): Promise<InfoOutput> {
  const { path } = source
  const format = await detectFormat(path)
  switch (format) {
    case 'folder':
      return describeFolder(source, signal)
    case 'dicom':
      return describeDicomFile(path)
    case 'json':
      return describeJson(path)
    case 'text':
      return describeText(path)
    case 'png':
    case 'jpeg':
      return describeXray(path)
    case 'tiff':
    case 'nifti':
    case 'nifti-gz':
    case 'nrrd':
    case 'meta-image': {
      const { sizes } = await readItkImage(path, format, true)
      const isPicture = sizes.slice(2).every((size) => size === 1)
      return isPicture ? describeXray(path) : describeVolume(source, signal)
    }
  }
}
