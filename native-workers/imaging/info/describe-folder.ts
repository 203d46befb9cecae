import { basename, resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type VolumeSource } from '../../contract/operations/sources.js'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { type CheckedSeries, checkDicomSeries } from '../dicom/read-series.js'
import { scanDicomFolder } from '../dicom/folder-scan.js'
import { groupSlices } from '../dicom/series-groups.js'
import { formatOfName, listFolder } from '../file-format.js'
import { describeVolume } from './describe-volume.js'
import { decimal, factList, type Facts, millimetres, point } from './facts.js'

function seriesFacts({ stack, findings, pixelSpacingMm }: CheckedSeries): Facts {
  const [first] = stack.slices
  const { header } = first
  return factList([
    ['modality', header.modality || undefined],
    ['series', header.seriesDescription || undefined],
    ['slices', `${stack.slices.length} of ${header.columns} x ${header.rows} pixels`],
    ['pixel spacing', millimetres(pixelSpacingMm)],
    ['slice distance', `${decimal(findings.stepMm)} mm`],
    [
      'slice thickness',
      header.sliceThicknessMm === undefined ? undefined : `${decimal(header.sliceThicknessMm)} mm`,
    ],
    ['first pixel (LPS)', point(first.positionMm)],
    ['series UID', header.seriesUid || undefined],
  ])
}

/**
 * A folder: its DICOM series with the findings on their geometry, without decoding pixels, or its TIFF stack. Several
 * series are listed. Errors: those of `checkDicomSeries`.
 */
export async function describeFolder(source: VolumeSource, signal: AbortSignal): Promise<InfoOutput> {
  const name = basename(resolve(source.path))
  const names = await listFolder(source.path)
  if (names.filter((file) => formatOfName(file) === 'tiff').length > names.length / 2) {
    return describeVolume(source, signal)
  }
  const groups = groupSlices((await scanDicomFolder(source.path, names, signal)).slices)
  try {
    const checked = await checkDicomSeries(source, names, signal)
    return {
      kind: 'dicom-series',
      title: `${name}: DICOM series`,
      facts: seriesFacts(checked),
      issues: [...checked.issues],
    }
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'input-invalid') throw error
    return {
      kind: 'dicom-series',
      title: `${name}: folder with ${groups.length} DICOM series`,
      facts: groups.map(({ id, description, slices }) => ({
        name: description || 'series',
        value: `${slices.length} of ${slices[0].columns} x ${slices[0].rows} pixels, ${id}`,
      })),
      issues: [{ code: 'mixed-series', severity: 'warning', message: error.message }],
    }
  }
}
