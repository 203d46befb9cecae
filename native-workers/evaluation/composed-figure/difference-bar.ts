import { type FigureContext, figurePicture } from '../figure/canvas.js'
import { type DifferenceScale } from '../figure/difference-scale.js'
import { applyStyle } from '../figure/text.js'
import { viridis } from '../figure/viridis.js'
import { type FigureColours } from './figure-colours.js'
import { type Box } from './panel-picture.js'

const steps = 256

/** A horizontal viridis bar from 0 to the greatest difference, with its unit beneath. */
export function drawDifferenceBar(
  context: FigureContext,
  { left, top, width, height }: Box,
  { greatest, isExceeded }: DifferenceScale,
  fontSizePoints: number,
  { ink }: FigureColours,
): void {
  context.drawImage(
    figurePicture((n) => viridis(n / (steps - 1)), steps, 1),
    left,
    top,
    width,
    height,
  )
  const baseline = top + height + 1.05 * fontSizePoints
  const style = { sizePoints: 0.9 * fontSizePoints, colour: ink }
  const ends = ['0', `${isExceeded ? '≥ ' : ''}${greatest}`] as const
  applyStyle(context, style)
  const taken = context.measureText(ends[0]).width + context.measureText(ends[1]).width
  context.fillText(ends[0], left, baseline)
  applyStyle(context, { ...style, align: 'right' })
  context.fillText(ends[1], left + width, baseline)
  const unit = ['grey levels of 255', 'of 255'].find(
    (text) => context.measureText(text).width + 2 * taken + fontSizePoints < width,
  )
  if (unit === undefined) return
  applyStyle(context, { ...style, align: 'center' })
  context.fillText(unit, left + width / 2, baseline)
}
