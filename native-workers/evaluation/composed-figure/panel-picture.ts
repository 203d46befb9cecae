import { type FigurePicture } from '../figure/canvas.js'
import { type DifferenceScale } from '../figure/difference-scale.js'

/** The letters at a slice's four edges: which way the patient lies. */
export interface EdgeLetters {
  readonly left: string
  readonly right: string
  readonly top: string
  readonly bottom: string
}

/** One panel's picture as it is drawn into its box. */
export interface PanelPicture {
  readonly picture: FigurePicture
  /** Width of the picture in the object's millimetres; null where it has none to measure. */
  readonly widthMm: number | null
  readonly letters?: EdgeLetters
  /** What the colours of a difference mean. */
  readonly colourScale?: DifferenceScale
}

/** Where something is drawn, in points from the figure's top left. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A size in pixels. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}
