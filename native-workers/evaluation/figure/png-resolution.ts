import { crc32 } from 'node:zlib'

const metresPerInch = 0.0254
/** Signature and IHDR chunk, after which pHYs may stand. */
const headBytes = 8 + 25

/** A PNG with its resolution stated (chunk pHYs, PNG specification 11.3.4.3); one that states none so far. */
export function withResolution(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const body = Buffer.alloc(13)
  const perMetre = Math.round(dotsPerInch / metresPerInch)
  body.write('pHYs', 0, 'latin1')
  body.writeUInt32BE(perMetre, 4)
  body.writeUInt32BE(perMetre, 8)
  body.writeUInt8(1, 12)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([png.subarray(0, headBytes), length, body, checksum, png.subarray(headBytes)])
}
