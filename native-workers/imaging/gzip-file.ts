import { type FileHandle, open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { constants, crc32, deflateRaw, type InputType, type ZlibOptions } from 'node:zlib'

/** Raw bytes that one thread packs at a time: the window lost at a block's start costs less than a thousandth. */
const blockBytes = 2 ** 20
/** Volumes are mostly noise, in which higher levels take twice the time to save a hundredth. */
const level = 3
/** Magic number, deflate, no flags, no time (equal inputs give equal files), unknown system. */
const memberHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const limit32 = 2 ** 32

const deflate: (bytes: InputType, options: ZlibOptions) => Promise<Buffer> = promisify(deflateRaw)

async function readBlock(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length)
  const { bytesRead } = await file.read(block, 0, length, start)
  if (bytesRead < length) throw new Error('A file became shorter while it was packed.')
  return block
}

/**
 * Packs a file into one gzip member (RFC 1952) on all cores: blocks are deflated side by side, each ended on a byte
 * boundary, and joined. The source stays; the target must not exist. Errors of the file system pass unchanged.
 */
export async function gzipFile(sourcePath: string, targetPath: string): Promise<void> {
  const source = await open(sourcePath, 'r')
  try {
    const target = await open(targetPath, 'wx')
    try {
      await packInto(source, target)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function packInto(source: FileHandle, target: FileHandle): Promise<void> {
  const { size } = await source.stat()
  await target.write(memberHeader)
  let checksum = 0
  const packing: Promise<Buffer>[] = []
  const writeNext = async () => {
    const packed = await packing.shift()
    if (packed !== undefined) await target.write(packed)
  }
  try {
    for (let start = 0; start === 0 || start < size; start += blockBytes) {
      const block = await readBlock(source, start, Math.min(blockBytes, size - start))
      checksum = crc32(block, checksum)
      const isLast = start + blockBytes >= size
      packing.push(
        deflate(block, { level, finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH }),
      )
      if (packing.length > 2 * availableParallelism()) await writeNext()
    }
    while (packing.length > 0) await writeNext()
  } finally {
    await Promise.allSettled(packing)
  }
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(checksum, 0)
  trailer.writeUInt32LE(size % limit32, 4)
  await target.write(trailer)
}
