import { createHash } from 'node:crypto'

/**
 * A UID under the root 2.25, which is free for everyone (DICOM PS3.5 B.2): the decimal form of a UUID. The same
 * ingredients give the same UID, others another one.
 */
export function derivedUid(...ingredients: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(ingredients)).digest().subarray(0, 16)
  // Version 8 and variant of RFC 9562: a UUID of one's own making.
  bytes[6] = (bytes[6] & 0x0f) | 0x80
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}
