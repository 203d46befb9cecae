import type { Vector2, Vector3 } from '../../../../native-workers/contract/matrix.js'

/** What a graphics device can hold of a volume. */
export interface CopyLimits {
  /** MAX_3D_TEXTURE_SIZE. */
  readonly longestSide: number
  /** One byte a voxel. */
  readonly bytes: number
}

/** Voxels along each axis after blocks were averaged so that no side is longer than `longestSide`. */
const reducedSize = (size: Vector3, longestSide: number): number[] =>
  size.map((count) => Math.floor(count / Math.max(1, Math.ceil(count / longestSide))))

/** The longest side, in voxels, of the largest copy that keeps to the limits. */
export function copySide(size: Vector3, { longestSide, bytes }: CopyLimits): number {
  let side = Math.min(longestSide, Math.max(...size))
  while (side > 1 && reducedSize(size, side).reduce((product, count) => product * count, 1) > bytes) side--
  return side
}

/**
 * The values of `range` as 0 to 255, others as the nearer end. Bytes filter exactly on every device; 16-bit integers
 * would become half floats on some, which hold whole numbers up to 2048 only.
 */
export function asBytes(voxels: Int16Array, [low, high]: Vector2): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(voxels.length)
  const gain = 255 / (high - low)
  for (let n = 0; n < voxels.length; n++) {
    const value = (voxels[n] - low) * gain
    bytes[n] = value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5
  }
  return bytes
}
