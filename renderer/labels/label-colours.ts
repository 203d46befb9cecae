import { rgb } from '../views/three-d/rgb.js'

/** "#rrggbb" by label number. */
export type LabelColours = ReadonlyMap<number, string>

export { defaultLabelColour as defaultColour } from '../../native-workers/contract/label-colour.js'

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
