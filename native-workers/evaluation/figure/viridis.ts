export type Rgb = readonly [number, number, number]

/** Every sixteenth of matplotlib's viridis (van der Walt and Smith, CC0), dark to bright. */
const stops: readonly Rgb[] = [
  [0x44, 0x01, 0x54],
  [0x48, 0x18, 0x6a],
  [0x47, 0x2d, 0x7b],
  [0x42, 0x40, 0x86],
  [0x3b, 0x52, 0x8b],
  [0x33, 0x63, 0x8d],
  [0x2c, 0x72, 0x8e],
  [0x26, 0x82, 0x8e],
  [0x21, 0x91, 0x8c],
  [0x1f, 0xa0, 0x88],
  [0x28, 0xae, 0x80],
  [0x3f, 0xbc, 0x73],
  [0x5e, 0xc9, 0x62],
  [0x84, 0xd4, 0x4b],
  [0xad, 0xdc, 0x30],
  [0xd8, 0xe2, 0x19],
  [0xfd, 0xe7, 0x25],
]

/** The colour of a share 0..1; what lies outside takes the nearest end's. */
export function viridis(share: number): Rgb {
  const position = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const first = Math.min(stops.length - 2, Math.floor(position))
  const between = position - first
  const channel = (n: 0 | 1 | 2) =>
    Math.round(stops[first][n] + between * (stops[first + 1][n] - stops[first][n]))
  return [channel(0), channel(1), channel(2)]
}
