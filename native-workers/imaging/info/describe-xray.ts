import { basename } from 'node:path'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { readXray } from '../read-xray.js'
import { valueRange } from '../voxel-values.js'
import { decimal, factList, millimetres } from './facts.js'

const inMillimetres = (value: number | undefined) =>
  value === undefined ? undefined : `${decimal(value)} mm`
const inDegrees = (value: number | undefined) => (value === undefined ? undefined : `${decimal(value)}°`)

/** An X-ray: what its tags say, and the pixel pitch that follows from them. Errors: those of `readXray`. */
export async function describeXray(path: string): Promise<InfoOutput> {
  const { width, height, pixels, tags, detectorPitchMm, issues, format } = await readXray(path, 0)
  const [least, greatest] = valueRange(pixels)
  return {
    kind: 'xray',
    title: `${basename(path)}: X-ray, ${format}`,
    facts: factList([
      ['size', `${width} x ${height} pixels`],
      ['frames', tags.frames > 1 ? String(tags.frames) : undefined],
      ['values', `${decimal(least)} to ${decimal(greatest)}${tags.frames > 1 ? ' (first frame)' : ''}`],
      ['photometric interpretation', tags.photometricInterpretation],
      ['intensity relationship', tags.pixelIntensityRelationship],
      ['detector pixel pitch', detectorPitchMm === undefined ? 'not stated' : millimetres(detectorPitchMm)],
      ['source to detector', inMillimetres(tags.sourceToDetectorMm) ?? 'not stated'],
      ['source to patient', inMillimetres(tags.sourceToPatientMm)],
      ['primary angle', inDegrees(tags.positionerPrimaryAngleDeg)],
      ['secondary angle', inDegrees(tags.positionerSecondaryAngleDeg)],
      ['patient orientation', tags.patientOrientation],
      ['view position', tags.viewPosition],
    ]),
    issues: [...issues],
  }
}
