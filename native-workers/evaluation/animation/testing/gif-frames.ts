/** One frame as a viewer would show it. */
export interface ShownFrame {
  readonly delaySeconds: number
  readonly rgb: Uint8Array
}

export interface DecodedGif {
  readonly width: number
  readonly height: number
  /** 0 = for ever; null where the file does not repeat. */
  readonly loops: number | null
  readonly frames: readonly ShownFrame[]
}

/** Reads GIFs of whole frames over one global table, by the format's own description (GIF89a); for tests. */
export function gifFrames(bytes: Uint8Array): DecodedGif {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  const table = bytes.subarray(13, 13 + 3 * 2 ** ((bytes[10] & 7) + 1))
  let at = 13 + table.length
  let loops: number | null = null
  let [delaySeconds, transparent] = [0, -1]
  const rgb = new Uint8Array(3 * width * height)
  const frames: ShownFrame[] = []
  const blocks = (): Uint8Array => {
    const parts: number[] = []
    for (; bytes[at] !== 0; at += bytes[at] + 1) parts.push(...bytes.subarray(at + 1, at + 1 + bytes[at]))
    at++
    return Uint8Array.from(parts)
  }
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      const label = bytes[at + 1]
      at += 2
      const block = blocks()
      if (label === 0xf9) {
        delaySeconds = (block[1] + 256 * block[2]) / 100
        transparent = (block[0] & 1) === 1 ? block[3] : -1
      } else if (label === 0xff) loops = block[12] + 256 * block[13]
    } else {
      const codeSize = bytes[at + 10]
      at += 11
      unpackLzw(blocks(), codeSize, width * height).forEach((index, n) => {
        if (index !== transparent) rgb.set(table.subarray(3 * index, 3 * index + 3), 3 * n)
      })
      frames.push({ delaySeconds, rgb: rgb.slice() })
    }
  }
  return { width, height, loops, frames }
}

function unpackLzw(data: Uint8Array, codeSize: number, count: number): number[] {
  const [clear, end] = [2 ** codeSize, 2 ** codeSize + 1]
  const output: number[] = []
  let entries: number[][] = []
  let bits = codeSize + 1
  let previous: number[] | null = null
  for (let position = 0; output.length < count;) {
    let code = 0
    for (let bit = 0; bit < bits; bit++, position++) {
      code |= ((data[position >> 3] >> (position & 7)) & 1) << bit
    }
    if (code === end) break
    if (code === clear) {
      entries = Array.from({ length: end + 1 }, (_, n) => [n])
      bits = codeSize + 1
      previous = null
      continue
    }
    const entry: number[] = entries[code] ?? [...(previous ?? []), (previous ?? [0])[0]]
    output.push(...entry)
    if (previous !== null) entries.push([...previous, entry[0]])
    if (entries.length === 2 ** bits && bits < 12) bits++
    previous = entry
  }
  return output
}
