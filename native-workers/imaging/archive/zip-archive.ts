import { basename } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import { UserError } from '../../contract/errors.js'
import { readBytes, statInput } from '../input-file.js'
import { findCentralDirectory, parseCentralDirectory, type ZipEntry } from './zip-directory.js'

/** A ZIP file whose members are read one by one, and uncompressed ones in parts; nothing else is loaded. */
export interface ZipArchive {
  readonly name: string
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** A whole member. Errors: `file-unreadable` (damaged, or larger than `limitBytes`), `file-truncated`. */
  readonly read: (entry: ZipEntry, limitBytes: number) => Promise<Buffer>
  /** Bytes `from` to `to` of a member; of a compressed one all is read first, up to `limitBytes`. */
  readonly readPart: (entry: ZipEntry, from: number, to: number, limitBytes: number) => Promise<Buffer>
}

const stored = 0
const deflated = 8
const localHeaderBytes = 30

/**
 * Opens a ZIP file (APPNOTE 6.3, ZIP64 included). Errors: `file-not-found`, `file-unreadable`, `file-truncated` (its
 * table of contents, which stands at the end, is missing), `format-unsupported` (encrypted, other compression).
 */
export async function openZipArchive(path: string): Promise<ZipArchive> {
  const name = basename(path)
  const fileBytes = (await statInput(path)).size
  const read = (position: number, length: number) => readBytes(path, position, length)
  const directory = await findCentralDirectory(name, fileBytes, read)
  const entries = parseCentralDirectory(name, await read(directory.offset, directory.bytes))

  /** Where a member's data starts: its local header may be longer than the central one tells. */
  const dataOffset = async (entry: ZipEntry): Promise<number> => {
    const header = await read(entry.headerOffset, localHeaderBytes)
    if (header.length < localHeaderBytes || header.readUInt32LE(0) !== 0x04034b50) {
      throw damaged(name, `the member "${entry.name}" is not where the table of contents says`)
    }
    return entry.headerOffset + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28)
  }

  const readAll = async (entry: ZipEntry, limitBytes: number): Promise<Buffer> => {
    if (entry.bytes > limitBytes) {
      throw new UserError(
        'file-unreadable',
        `The member "${entry.name}" of "${name}" would unpack to ${megabytes(entry.bytes)}, more than the ${megabytes(limitBytes)} expected there.`,
        'The file is damaged, or made to exhaust memory.',
      )
    }
    const packed = await read(await dataOffset(entry), entry.packedBytes)
    if (packed.length < entry.packedBytes) throw truncated(name, entry)
    const bytes = entry.method === stored ? packed : inflate(name, entry, packed)
    if (bytes.length !== entry.bytes || crc32(bytes) !== entry.checksum) {
      throw damaged(name, `the checksum of the member "${entry.name}" is wrong`)
    }
    return bytes
  }

  return {
    name,
    entries,
    read: readAll,
    async readPart(entry, from, to, limitBytes) {
      if (entry.method === deflated) return (await readAll(entry, limitBytes)).subarray(from, to)
      const start = await dataOffset(entry)
      const bytes = await read(start + from, Math.max(0, Math.min(to, entry.bytes) - from))
      if (bytes.length < to - from) throw truncated(name, entry)
      return bytes
    },
  }
}

function inflate(name: string, entry: ZipEntry, packed: Buffer): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) })
  } catch {
    throw damaged(name, `the member "${entry.name}" does not unpack to the size that is stated for it`)
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

function damaged(name: string, reason: string): UserError {
  return new UserError(
    'file-unreadable',
    `"${name}" is damaged: ${reason}.`,
    'Copy or export the file again.',
  )
}

function truncated(name: string, entry: ZipEntry): UserError {
  return new UserError(
    'file-truncated',
    `"${name}" is incomplete: it ends inside the member "${entry.name}".`,
    'Copy or export the file again.',
  )
}
