/** The golden angle: hues of neighbouring numbers lie far apart, however many there are. */
const hueStepDeg = 137.508
const lightnesses = [0.62, 0.74, 0.54] as const

/** The colour "#rrggbb" that a label has unless a person gives it another; the same in every session and export. */
export function defaultLabelColour(label: number): string {
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
