import { rgb } from '../views/three-d/rgb.js'

/** "#rrggbb" by label number. */
export type LabelColours = ReadonlyMap<number, string>

/** The golden angle: hues of neighbouring numbers lie far apart, however many there are. */
const hueStepDeg = 137.508
const lightnesses = [0.62, 0.74, 0.54] as const

/** The colour that a label has unless the person gives it another; the same in every session. */
export function defaultColour(label: number): string {
  const hueDeg = (label * hueStepDeg + 10) % 360
  const lightness = lightnesses[label % lightnesses.length] ?? 0.62
  return hexOfHsl(hueDeg, 0.6, lightness)
}

function hexOfHsl(hueDeg: number, saturation: number, lightness: number): string {
  const chroma = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): string => {
    const k = (offset + hueDeg / 30) % 12
    const value = lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}

/** 0xBBGGRR of "#rrggbb". */
export function labelPaint(colour: string): number {
  const [red, green, blue] = rgb(colour)
  return (Math.round(blue * 255) << 16) | (Math.round(green * 255) << 8) | Math.round(red * 255)
}

/** What a pixel of each label is painted with: 0xBBGGRR by number, -1 where nothing is painted. */
export type LabelPaints = Int32Array

export function labelPaints(labels: readonly number[], colourOf: (label: number) => string): LabelPaints {
  const paints = new Int32Array(Math.max(0, ...labels) + 1).fill(-1)
  for (const label of labels) paints[label] = labelPaint(colourOf(label))
  return paints
}
