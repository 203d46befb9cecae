import { decodeText } from './character-set.js'
import { type DicomElement, type Encoding } from './element-tree.js'

const numberReaders = {
  US: [2, (b: Buffer, at: number, le: boolean) => (le ? b.readUInt16LE(at) : b.readUInt16BE(at))],
  SS: [2, (b: Buffer, at: number, le: boolean) => (le ? b.readInt16LE(at) : b.readInt16BE(at))],
  UL: [4, (b: Buffer, at: number, le: boolean) => (le ? b.readUInt32LE(at) : b.readUInt32BE(at))],
  SL: [4, (b: Buffer, at: number, le: boolean) => (le ? b.readInt32LE(at) : b.readInt32BE(at))],
  FL: [4, (b: Buffer, at: number, le: boolean) => (le ? b.readFloatLE(at) : b.readFloatBE(at))],
  FD: [8, (b: Buffer, at: number, le: boolean) => (le ? b.readDoubleLE(at) : b.readDoubleBE(at))],
} as const

const isNumberVr = (vr: string): vr is keyof typeof numberReaders => vr in numberReaders

/** The value as text in `characterSet` (SpecificCharacterSet), without padding; values stay joined by backslashes. */
export function elementText(
  bytes: Buffer,
  { dataOffset, dataEnd }: Pick<DicomElement, 'dataOffset' | 'dataEnd'>,
  characterSet?: string,
): string {
  return decodeText(bytes.subarray(dataOffset, dataEnd), characterSet).replace(/\0/g, '').trim()
}

/** The values of a binary number (US, SS, UL, SL, FL, FD). */
export function elementNumbers(
  bytes: Buffer,
  { dataOffset, dataEnd }: DicomElement,
  vr: string,
  { isLittleEndian }: Encoding,
): number[] {
  if (!isNumberVr(vr)) return []
  const [size, read] = numberReaders[vr]
  const count = Math.floor((dataEnd - dataOffset) / size)
  return Array.from({ length: count }, (_, index) => read(bytes, dataOffset + size * index, isLittleEndian))
}
