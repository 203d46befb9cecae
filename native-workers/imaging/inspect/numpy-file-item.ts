import { basename } from 'node:path'
import { type ZipArchive } from '../archive/zip-archive.js'
import { readBytes } from '../input-file.js'
import { truncatedError } from '../input-file.js'
import { npyHeadBytes, parseNpyHeader } from '../npy/npy-header.js'
import { elementBytes, isElementType, NumpyArray } from '../torch-file/python-values.js'
import { arrayElements, elementCount } from '../torch-file/tensor-values.js'
import { arrayType, type Item, type Member, nested } from './item.js'

type Read = (from: number, to: number) => Promise<Buffer>

/** The array of an `.npy` file. Errors: `file-unreadable`, `file-truncated`. */
export function npyFileItem(path: string): Promise<Item> {
  return arrayItem(basename(path), (from, to) => readBytes(path, from, to - from))
}

/** The arrays of an `.npz` file. Errors: those of the archive and of the arrays. */
export async function npzItem(archive: ZipArchive): Promise<Item> {
  const members: Member[] = []
  for (const entry of archive.entries.values()) {
    if (!entry.name.endsWith('.npy')) continue
    const read: Read = (from, to) =>
      archive.readPart(entry, from, Math.min(to, entry.bytes), largestUnpackedBytes)
    members.push({
      name: entry.name.replace(/\.npy$/, ''),
      item: await arrayItem(`${archive.name}: ${entry.name}`, read),
    })
  }
  return { type: `archive of ${members.length} arrays`, members: () => members }
}

const largestUnpackedBytes = 1024 * 1024 * 1024

async function arrayItem(name: string, read: Read): Promise<Item> {
  const header = parseNpyHeader(await read(0, npyHeadBytes), name)
  const { elementType, shape, isFortranOrder, isLittleEndian, dataOffset } = header
  const type = `array of ${arrayType(elementType, shape)}${isFortranOrder ? ', column-major' : ''}`
  if (!isElementType(elementType)) return { type }
  const count = elementCount(shape)
  const bytes = count * elementBytes[elementType]
  return {
    type,
    elements: count,
    value: async () => {
      const data = await read(dataOffset, dataOffset + bytes)
      if (data.length < bytes) throw truncatedError(name, dataOffset + bytes, dataOffset + data.length)
      const array = new NumpyArray(elementType, shape, isFortranOrder, isLittleEndian, data)
      return nested(arrayElements(array), shape)
    },
  }
}
