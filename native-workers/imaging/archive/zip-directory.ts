import { UserError } from '../../contract/errors.js'

export interface ZipEntry {
  readonly name: string
  /** 0 = stored, 8 = deflated. */
  readonly method: number
  readonly checksum: number
  readonly packedBytes: number
  readonly bytes: number
  readonly headerOffset: number
}

type Read = (position: number, length: number) => Promise<Buffer>

const endBytes = 22
const longestComment = 65535
const locatorBytes = 20
const largestDirectoryBytes = 64 * 1024 * 1024
const inZip64 = 0xffffffff

/** Where the central directory lies. Errors: `file-truncated`, `file-unreadable`. */
export async function findCentralDirectory(
  name: string,
  fileBytes: number,
  read: Read,
): Promise<{ readonly offset: number; readonly bytes: number }> {
  const tailStart = Math.max(0, fileBytes - endBytes - longestComment - locatorBytes)
  const tail = await read(tailStart, fileBytes - tailStart)
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + endBytes > tail.length) {
    throw new UserError(
      'file-truncated',
      `"${name}" is incomplete: the table of contents at its end is missing.`,
      'Copy or download the file again.',
    )
  }
  let [bytes, offset] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  const locator = end - locatorBytes
  if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const record = await read(Number(tail.readBigUInt64LE(locator + 8)), 56)
    if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw damagedDirectory(name)
    bytes = Number(record.readBigUInt64LE(40))
    offset = Number(record.readBigUInt64LE(48))
  }
  if (offset + bytes > fileBytes || bytes > largestDirectoryBytes) throw damagedDirectory(name)
  return { offset, bytes }
}

/** The members by name, folders left out. Errors: `file-unreadable`, `format-unsupported`. */
export function parseCentralDirectory(name: string, directory: Buffer): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  let position = 0
  while (position + 46 <= directory.length && directory.readUInt32LE(position) === 0x02014b50) {
    const nameEnd = position + 46 + directory.readUInt16LE(position + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(position + 30)
    const next = extraEnd + directory.readUInt16LE(position + 32)
    if (next > directory.length) throw damagedDirectory(name)
    const entryName = directory.toString('utf8', position + 46, nameEnd)
    const entry = {
      name: entryName,
      method: directory.readUInt16LE(position + 10),
      checksum: directory.readUInt32LE(position + 16),
      packedBytes: directory.readUInt32LE(position + 20),
      bytes: directory.readUInt32LE(position + 24),
      headerOffset: directory.readUInt32LE(position + 42),
    }
    if ((directory.readUInt16LE(position + 8) & 1) === 1) throw unsupported(name, entryName, 'is encrypted')
    if (entry.method !== 0 && entry.method !== 8) {
      throw unsupported(name, entryName, 'uses a compression that is not supported')
    }
    if (!entryName.endsWith('/')) {
      entries.set(entryName, withZip64(name, entry, directory.subarray(nameEnd, extraEnd)))
    }
    position = next
  }
  if (position !== directory.length) throw damagedDirectory(name)
  return entries
}

/** Sizes and offset beyond 4 GB stand in an extra field, in this order, each only where it is needed. */
function withZip64(name: string, entry: ZipEntry, extra: Buffer): ZipEntry {
  if (![entry.bytes, entry.packedBytes, entry.headerOffset].includes(inZip64)) return entry
  for (let position = 0; position + 4 <= extra.length; position += 4 + extra.readUInt16LE(position + 2)) {
    if (extra.readUInt16LE(position) !== 1) continue
    const field = extra.subarray(position + 4, position + 4 + extra.readUInt16LE(position + 2))
    let used = 0
    const next = (value: number): number => {
      if (value !== inZip64) return value
      if (used + 8 > field.length) throw damagedDirectory(name)
      used += 8
      return Number(field.readBigUInt64LE(used - 8))
    }
    const [bytes, packedBytes, headerOffset] = [entry.bytes, entry.packedBytes, entry.headerOffset].map(next)
    return { ...entry, bytes, packedBytes, headerOffset }
  }
  throw damagedDirectory(name)
}

function damagedDirectory(name: string): UserError {
  return new UserError(
    'file-unreadable',
    `"${name}" is damaged: its table of contents cannot be read.`,
    'Copy or export the file again.',
  )
}

function unsupported(name: string, entryName: string, reason: string): UserError {
  return new UserError('format-unsupported', `The member "${entryName}" of "${name}" ${reason}.`)
}
