import { type FigureContext, figurePicture } from './canvas.js'
import { type DifferenceScale } from './difference-scale.js'
import { applyStyle } from './text.js'
import { viridis } from './viridis.js'

const steps = 256
const tickStyle = { sizePoints: 8.5 } as const
const roundSteps = [1, 2, 5, 10, 20, 50, 100]
const mostTicks = 6

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A vertical viridis bar from 0 at the bottom, with ticks to its right and a label beyond them. */
export function drawColourBar(
  context: FigureContext,
  { left, top, width, height }: Place,
  { greatest, isExceeded }: DifferenceScale,
  label: string,
): void {
  context.drawImage(
    figurePicture((n) => viridis(1 - n / (steps - 1)), 1, steps),
    left,
    top,
    width,
    height,
  )
  context.lineWidth = 0.5
  context.strokeStyle = '#57606a'
  context.strokeRect(left, top, width, height)
  applyStyle(context, tickStyle)
  for (const value of ticks(greatest)) {
    const y = top + height * (1 - value / greatest)
    context.beginPath()
    context.moveTo(left + width, y)
    context.lineTo(left + width + 3, y)
    context.stroke()
    const prefix = value === greatest && isExceeded ? '≥' : ''
    context.fillText(`${prefix}${value}`, left + width + 5, y + 3)
  }
  context.save()
  context.translate(left + width + 40, top + height / 2)
  context.rotate(-Math.PI / 2)
  applyStyle(context, { ...tickStyle, align: 'center' })
  context.fillText(label, 0, 0)
  context.restore()
}

/** Round values from 0, and the greatest; a round value close to the greatest gives way to it. */
function ticks(greatest: number): readonly number[] {
  const step = roundSteps.find((candidate) => greatest / candidate <= mostTicks) ?? greatest
  const round = Array.from({ length: Math.ceil(greatest / step) }, (_, n) => n * step)
  return [...round.filter((value) => greatest - value > 0.4 * step), greatest]
}
