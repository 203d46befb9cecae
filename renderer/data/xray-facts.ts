import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { OpenXrayOutput, XrayTags } from '../../native-workers/contract/operations/xray.js'
import { fixed, times } from '../text/format.js'
import { text } from '../text/en.js'

export interface Fact {
  readonly name: string
  readonly value: string
}

/** Size, pitch and how much of the picture counts. */
export function xrayFacts({
  opened,
  camera,
}: {
  readonly opened: OpenXrayOutput
  readonly camera: Camera | null
}): readonly Fact[] {
  const { picture, format, validPixelFraction } = opened
  const pitch = camera?.pixelSpacingMm
  return [
    {
      name: text.data.size,
      value: `${times([picture.width, picture.height])} ${text.data.pixels}, ${format}`,
    },
    ...(pitch === undefined ? [] : [{ name: text.data.spacing, value: `${times(pitch, 4)} mm` }]),
    { name: text.data.validPixels, value: `${fixed(validPixelFraction * 100, 0)} %` },
  ]
}

const millimetres = (value: number): string => `${fixed(value, 1)} mm`
const degrees = (value: number): string => `${fixed(value, 1)}°`

/** The X-ray's own tags of its geometry in words; those that the file lacks are left out. */
export function tagFacts(tags: XrayTags): readonly Fact[] {
  const names = text.data.tags
  const facts: (Fact | null)[] = [
    fact(names.modality, tags.modality),
    fact(names.photometricInterpretation, tags.photometricInterpretation),
    fact(names.pixelIntensityRelationship, tags.pixelIntensityRelationship),
    fact(names.viewPosition, tags.viewPosition),
    fact(names.patientOrientation, tags.patientOrientation),
    fact(names.sourceToDetectorMm, tags.sourceToDetectorMm, millimetres),
    fact(names.sourceToPatientMm, tags.sourceToPatientMm, millimetres),
    fact(names.imagerPixelSpacingMm, tags.imagerPixelSpacingMm, (pitch) => `${times(pitch, 4)} mm`),
    fact(names.pixelSpacingMm, tags.pixelSpacingMm, (pitch) => `${times(pitch, 4)} mm`),
    fact(names.magnification, tags.magnification, (value) => fixed(value, 3)),
    fact(names.positionerPrimaryAngleDeg, tags.positionerPrimaryAngleDeg, degrees),
    fact(names.positionerSecondaryAngleDeg, tags.positionerSecondaryAngleDeg, degrees),
  ]
  return facts.filter((entry) => entry !== null)
}

function fact<Value extends string | number | readonly number[]>(
  name: string,
  value: Value | undefined,
  format: (value: Value) => string = String,
): Fact | null {
  return value === undefined ? null : { name, value: format(value) }
}
