import { accentColour } from '../../ui/colours.js'
import { pictureCanvas } from '../picture-canvas.js'
import { gradientMagnitude, percentileRange, type FloatPicture, type GreyRange } from './float-picture.js'

/** What is drawn over one another in the X-ray's pane; all cover the same rays. */
export type Layer = OffscreenCanvas

/** The picture in grey; masked pixels are dimmed and bluish, so that the mask can be judged. */
export function greyLayer(picture: FloatPicture, range: GreyRange, inverted = false): Layer {
  const image = new ImageData(picture.width, picture.height)
  const rgba = new Uint32Array(image.data.buffer)
  const gain = 255 / Math.max(range.high - range.low, 1e-9)
  picture.pixels.forEach((value, i) => {
    const shade = Math.min(255, Math.max(0, (value - range.low) * gain)) | 0
    const grey = inverted ? 255 - shade : shade
    const isMasked = picture.valid?.[i] === 0
    const red = isMasked ? 8 + grey * 0.1 : grey
    const blue = isMasked ? 22 + grey * 0.16 : grey
    const green = isMasked ? 12 + grey * 0.12 : grey
    rgba[i] = 0xff000000 | ((blue | 0) << 16) | ((green | 0) << 8) | (red | 0)
  })
  return pictureCanvas(image)
}

/** The range of gradients that count as edges: the picture's strongest tenth, and no more than a third of what is no ground. */
export function edgeRange(gradients: FloatPicture): GreyRange {
  const everywhere = percentileRange(gradients, 0.88, 0.985)
  const valid = Uint8Array.from(gradients.pixels, (value) => (value > 0 ? 1 : 0))
  // A bone alone covers so little that all of it would be among the strongest tenth.
  const inside = percentileRange({ ...gradients, valid }, 0.7, 0.95)
  return { low: Math.max(everywhere.low, inside.low), high: Math.max(everywhere.high, inside.high) }
}

/** The strongest of the picture's edges in orange on clear ground. */
export function edgeLayer(picture: FloatPicture): Layer {
  const image = new ImageData(picture.width, picture.height)
  const pixels = gradientMagnitude(picture)
  const range = edgeRange({ ...picture, pixels, valid: null })
  pixels.forEach((value, i) => {
    const strength = Math.min(1, Math.max(0, (value - range.low) / (range.high - range.low)))
    image.data.set([240, 163, 94, 255 * strength], i * 4)
  })
  return pictureCanvas(image)
}

/** Where a picture lies in a pane, CSS pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function drawLayer(context: CanvasRenderingContext2D, layer: Layer, box: Box): void {
  context.imageSmoothingQuality = 'high'
  context.drawImage(layer, box.left, box.top, box.width, box.height)
}

/** `over` to the right of a line at `share` of the width, and the line. */
export function drawSwipe(context: CanvasRenderingContext2D, over: Layer, box: Box, share: number): void {
  const x = box.left + share * box.width
  context.save()
  context.beginPath()
  context.rect(x, box.top, box.left + box.width - x, box.height)
  context.clip()
  drawLayer(context, over, box)
  context.restore()
  context.fillStyle = accentColour
  context.fillRect(x - 0.5, box.top, 1, box.height)
}

/** Squares per side of the checkerboard. */
const squares = 8

/** `over` in every second square of a board that lies over the picture. */
export function drawCheckerboard(context: CanvasRenderingContext2D, over: Layer, box: Box): void {
  const side = Math.max(box.width, box.height) / squares
  context.save()
  context.beginPath()
  for (let row = 0; row * side < box.height; row++) {
    for (let column = row % 2; column * side < box.width; column += 2) {
      const left = column * side
      const top = row * side
      context.rect(
        box.left + left,
        box.top + top,
        Math.min(side, box.width - left),
        Math.min(side, box.height - top),
      )
    }
  }
  context.clip()
  drawLayer(context, over, box)
  context.restore()
}
