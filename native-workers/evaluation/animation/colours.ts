export type Rgb = readonly [number, number, number]

/** Dark as the application; everything in a frame is grey or lies between the background and one of the two hues. */
export const background: Rgb = [18, 20, 22]
export const text: Rgb = [214, 219, 224]
export const faint: Rgb = [104, 108, 112]
/** The X-ray is brighter; the DRR's edges; the moment. */
export const orange: Rgb = [240, 163, 94]
/** The DRR is brighter; the curve. */
export const blue: Rgb = [88, 166, 214]

export const css = ([red, green, blueShare]: Rgb): string => `rgb(${red}, ${green}, ${blueShare})`

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (n: 0 | 1 | 2): number => Math.round(from[n] + share * (to[n] - from[n]))
  return [part(0), part(1), part(2)]
}
