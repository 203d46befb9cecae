import { type SeriesGroup } from './series-groups.js'
import { type SliceHeader } from './slice-header.js'

const projections = ['CR', 'DX', 'XA', 'RF', 'RG', 'IO', 'PX', 'MG', 'RTIMAGE']
const crossSections = ['CT', 'MR', 'PT', 'NM', 'OT', '']
const projectionClass = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(1(\.\d+)*|12\.\d.*)$/
const captureClass = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.\d+)?$/

function isProjection({ modality, sopClassUid }: SliceHeader): boolean {
  return projections.includes(modality) || projectionClass.test(sopClassUid)
}

function describedProjection({ modality, frames }: SliceHeader): string {
  const kind = modality === '' ? 'an X-ray' : `an X-ray (${modality})`
  return frames > 1 ? `${kind} of ${frames} frames, not a volume` : `${kind}, not a volume`
}

/** What X-rays a group holds, in words; null where it holds none. */
export function projectionInWords({ slices: [first] }: SeriesGroup): string | null {
  return first !== undefined && isProjection(first) ? describedProjection(first) : null
}

const hasPlace = ({ positionMm, orientation }: SliceHeader) =>
  positionMm !== undefined && orientation !== undefined

/** Why the pictures of a group form no volume; null where they do, or should. */
export function whyNotAVolume({ slices }: SeriesGroup): string | null {
  const [first] = slices
  if (first === undefined) return 'no pictures'
  if (isProjection(first)) return describedProjection(first)
  if (first.isLocalizer) return 'a localiser, not a volume'
  if (first.samplesPerPixel > 1) return 'colour pictures, not a volume'
  if (captureClass.test(first.sopClassUid) && !slices.every(hasPlace)) {
    return 'secondary captures without a place in the patient'
  }
  if (!crossSections.includes(first.modality)) return `pictures of modality ${first.modality}, not a volume`
  // A multi-frame cross-section is a volume that can't be read yet: its own conversion says so.
  return slices.length === 1 && first.frames === 1 ? 'a single slice, not a volume' : null
}
