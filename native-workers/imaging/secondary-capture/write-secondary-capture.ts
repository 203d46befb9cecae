import dcmjs from 'dcmjs'
import { createHash } from 'node:crypto'
import { type Vector2 } from '../../contract/matrix.js'
import { version } from '../../contract/version.js'
import { writeFileAtomic } from '../atomic-write.js'
import { decimalString } from '../dicom-tags/decimal-string.js'
import { derivedUid } from '../dicom-tags/derived-uid.js'
import { type FloatPicture, toUint16 } from '../write-picture.js'

const secondaryCaptureClass = '1.2.840.10008.5.1.4.1.1.7'
const explicitLittleEndian = '1.2.840.10008.1.2.1'
const bits = 16
/** The rescale gives thousandths of the line integrals: many viewers round rescaled values to whole numbers. */
const rescaledPerUnit = 1000
/** Characters of a short text (ST). */
const mostDescription = 1024

export interface SecondaryCapture {
  /** Line integrals; what attenuates most becomes the brightest. */
  readonly picture: FloatPicture
  /** [column, row] pitch of the detector. */
  readonly pixelSpacingMm?: Vector2
  readonly sourceToDetectorMm?: number
  readonly seriesDescription: string
  /** How the picture was made. */
  readonly derivation: string
}

type Element = ConstructorParameters<typeof dcmjs.data.DicomDict>[0][string]

const text = (vr: string, ...values: readonly string[]): Element => ({ vr, Value: values })
const decimals = (...values: readonly number[]): Element => text('DS', ...values.map(decimalString))
const uint16 = (value: number): Element => ({ vr: 'US', Value: [value] })

/**
 * Writes a computed projection as a DICOM Secondary Capture (PS3.3 A.8): 16 bits, MONOCHROME2, with the rescale that
 * gives thousandths of the line integrals back, the detector's pitch and distance where known, and no patient. The same picture
 * always gives the same file. Errors: `output-unwritable`.
 */
export async function writeSecondaryCapture(path: string, capture: SecondaryCapture): Promise<void> {
  await writeFileAtomic(path, encodeSecondaryCapture(capture))
}

export function encodeSecondaryCapture(capture: SecondaryCapture): Uint8Array {
  const { picture, pixelSpacingMm, sourceToDetectorMm } = capture
  const { pixels, minimum, maximum } = toUint16(picture)
  const raw = Uint8Array.from(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)).buffer
  const derivation = `${capture.derivation} Rescaled values are thousandths of the line integral.`.slice(
    0,
    mostDescription,
  )
  const pixelHash = createHash('sha256').update(Buffer.from(raw)).digest('hex')
  const uid = (level: string) => derivedUid(level, derivation, pixelHash)
  const instance = uid('instance')
  const file = new dcmjs.data.DicomDict({
    '00020001': { vr: 'OB', Value: [Uint8Array.of(0, 1).buffer] },
    '00020002': text('UI', secondaryCaptureClass),
    '00020003': text('UI', instance),
    '00020010': text('UI', explicitLittleEndian),
    '00020012': text('UI', derivedUid('isocenter', version)),
    '00020013': text('SH', 'ISOCENTER'),
  })
  const least = rescaledPerUnit * minimum
  const range = maximum > minimum ? rescaledPerUnit * (maximum - minimum) : 65535
  file.dict = {
    '00080005': text('CS', 'ISO_IR 192'),
    '00080008': text('CS', 'DERIVED', 'SECONDARY'),
    '00080016': text('UI', secondaryCaptureClass),
    '00080018': text('UI', instance),
    '00080020': text('DA', ''),
    '00080030': text('TM', ''),
    '00080050': text('SH', ''),
    '00080060': text('CS', 'OT'),
    '00080064': text('CS', 'SYN'),
    '00080070': text('LO', 'Isocenter'),
    '00080090': text('PN', ''),
    '0008103E': text('LO', capture.seriesDescription.slice(0, 64)),
    '00082111': text('ST', derivation),
    '00100010': text('PN', 'Synthetic^DRR'),
    '00100020': text('LO', 'DRR'),
    '00100030': text('DA', ''),
    '00100040': text('CS', ''),
    '00181020': text('LO', `Isocenter ${version}`),
    ...(sourceToDetectorMm === undefined ? {} : { '00181110': decimals(sourceToDetectorMm) }),
    ...(pixelSpacingMm === undefined ? {} : { '00181164': decimals(pixelSpacingMm[1], pixelSpacingMm[0]) }),
    '0020000D': text('UI', uid('study')),
    '0020000E': text('UI', uid('series')),
    '00200010': text('SH', ''),
    '00200011': text('IS', '1'),
    '00200013': text('IS', '1'),
    '00200020': text('CS', ''),
    '00280002': uint16(1),
    '00280004': text('CS', 'MONOCHROME2'),
    '00280010': uint16(picture.height),
    '00280011': uint16(picture.width),
    ...(pixelSpacingMm === undefined ? {} : { '00280030': decimals(pixelSpacingMm[1], pixelSpacingMm[0]) }),
    '00280100': uint16(bits),
    '00280101': uint16(bits),
    '00280102': uint16(bits - 1),
    '00280103': uint16(0),
    // Line integrals are logarithmic, and grow with what is missing of the beam.
    '00281040': text('CS', 'LOG'),
    '00281041': { vr: 'SS', Value: [-1] },
    '00281050': decimals(least + range / 2),
    '00281051': decimals(range),
    '00281052': decimals(least),
    '00281053': decimals(range / 65535),
    '00281054': text('LO', 'US'),
    '7FE00010': { vr: 'OW', Value: [raw] },
  }
  return Buffer.from(file.write())
}
