/** Explicit VR, little endian. */
const transferSyntax = '1.2.840.10008.1.2.1'
const longLengthRepresentations = ['OB', 'OW']
const uidRoot = '1.2.826.0.1.3680043.10.9999'

type Element = readonly [tag: number, representation: string, value: string | Buffer]

function elementBytes([tag, representation, value]: Element): Buffer {
  const raw = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  const padding = representation === 'UI' || representation === 'OB' ? 0 : 0x20
  const data = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from([padding])])
  const isLong = longLengthRepresentations.includes(representation)
  const head = Buffer.alloc(isLong ? 12 : 8)
  head.writeUInt16LE(tag >>> 16, 0)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.write(representation, 4, 'latin1')
  if (isLong) head.writeUInt32LE(data.length, 8)
  else head.writeUInt16LE(data.length, 6)
  return Buffer.concat([head, data])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** A DICOM file from its elements, which must be in ascending order of tags. */
function dicomBytes(sopClass: string, instance: string, elements: readonly Element[]): Buffer {
  const meta = Buffer.concat(
    [
      [0x00020001, 'OB', Buffer.from([0, 1])] as const,
      [0x00020002, 'UI', sopClass] as const,
      [0x00020003, 'UI', instance] as const,
      [0x00020010, 'UI', transferSyntax] as const,
      [0x00020012, 'UI', `${uidRoot}.1`] as const,
    ].map(elementBytes),
  )
  const groupLength = Buffer.alloc(4)
  groupLength.writeUInt32LE(meta.length)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM', 'latin1'),
    elementBytes([0x00020000, 'UL', groupLength]),
    meta,
    ...elements.map(elementBytes),
  ])
}

export interface CtSlice {
  readonly series?: number
  readonly index: number
  /** LPS mm. */
  readonly position: readonly [number, number, number]
  readonly orientation?: readonly [number, number, number, number, number, number]
  readonly gantryTiltDeg?: number
}

export const ctSliceSize = 24

/** One 24 x 24 slice of 4 mm pixels with a bright square, stored value = HU + 1024. */
export function ctSliceBytes(slice: CtSlice): Buffer {
  const { series = 1, index, position, orientation = [1, 0, 0, 0, 1, 0], gantryTiltDeg = 0 } = slice
  const instance = `${uidRoot}.2.${series}.${index}`
  const pixels = Buffer.alloc(2 * ctSliceSize * ctSliceSize)
  for (let row = 0; row < ctSliceSize; row++) {
    for (let column = 0; column < ctSliceSize; column++) {
      const isInside = Math.abs(row - 11) < 6 && Math.abs(column - 12) < 5
      pixels.writeUInt16LE(isInside ? 1824 : 24, 2 * (row * ctSliceSize + column))
    }
  }
  return dicomBytes('1.2.840.10008.5.1.4.1.1.2', instance, [
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x00080018, 'UI', instance],
    [0x00080060, 'CS', 'CT'],
    [0x0008103e, 'LO', `series ${series}`],
    [0x00100010, 'PN', 'Phantom'],
    [0x00180050, 'DS', '5'],
    [0x00181120, 'DS', String(gantryTiltDeg)],
    [0x0020000d, 'UI', `${uidRoot}.3`],
    [0x0020000e, 'UI', `${uidRoot}.4.${series}`],
    [0x00200011, 'IS', String(series)],
    [0x00200013, 'IS', String(index)],
    [0x00200032, 'DS', position.join('\\')],
    [0x00200037, 'DS', orientation.join('\\')],
    [0x00200052, 'UI', `${uidRoot}.5`],
    [0x00280002, 'US', uint16(1)],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', uint16(ctSliceSize)],
    [0x00280011, 'US', uint16(ctSliceSize)],
    [0x00280030, 'DS', '4\\4'],
    [0x00280100, 'US', uint16(16)],
    [0x00280101, 'US', uint16(16)],
    [0x00280102, 'US', uint16(15)],
    [0x00280103, 'US', uint16(0)],
    [0x00281052, 'DS', '-1024'],
    [0x00281053, 'DS', '1'],
    [0x7fe00010, 'OW', pixels],
  ])
}
