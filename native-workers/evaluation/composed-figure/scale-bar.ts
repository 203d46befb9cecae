import { type FigureContext } from '../figure/canvas.js'
import { applyStyle } from '../figure/text.js'
import { type Box } from './panel-picture.js'

/** The longest share of a picture's width that a bar takes. */
const mostShare = 0.3

/** The longest of 1, 2, 5, 10, 20 ... mm that is no more than `mostMm`. */
export function roundLengthMm(mostMm: number): number {
  const power = 10 ** Math.floor(Math.log10(mostMm))
  return power * ([5, 2, 1].find((factor) => factor * power <= mostMm * (1 + 1e-9)) ?? 1)
}

/** A bar of round length with its millimetres, at the picture's lower right, legible on any grey. */
export function drawScaleBar(
  context: FigureContext,
  box: Box,
  pictureWidthMm: number,
  fontSizePoints: number,
): void {
  const lengthMm = roundLengthMm(mostShare * pictureWidthMm)
  const length = (lengthMm / pictureWidthMm) * box.width
  const label = `${lengthMm} mm`
  const pad = 0.35 * fontSizePoints
  applyStyle(context, { sizePoints: fontSizePoints, align: 'center', colour: '#ffffff' })
  const inner = Math.max(length, context.measureText(label).width)
  const thickness = Math.max(1, 0.18 * fontSizePoints)
  const plate = {
    width: inner + 2 * pad,
    height: 1.15 * fontSizePoints + thickness + 1.6 * pad,
  }
  const left = box.left + box.width - plate.width - pad
  const top = box.top + box.height - plate.height - pad
  drawPlate(context, { left, top, ...plate })
  const middle = left + plate.width / 2
  context.fillStyle = '#ffffff'
  context.fillText(label, middle, top + pad + 0.8 * fontSizePoints)
  context.fillRect(middle - length / 2, top + plate.height - pad - thickness, length, thickness)
}

/** Darkens what lies under light text. */
export function drawPlate(context: FigureContext, { left, top, width, height }: Box): void {
  context.globalAlpha = 0.55
  context.fillStyle = '#000000'
  context.fillRect(left, top, width, height)
  context.globalAlpha = 1
}
