import { percentile } from '../metrics/percentile.js'
import { type FigureContext } from './canvas.js'
import { applyStyle, drawLine } from './text.js'
import { type ValueAxis } from './value-axis.js'

export interface PanelBox {
  readonly label: string
  readonly colour: string
  readonly values: readonly number[]
}

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const inset = { left: 46, right: 12, top: 26, bottom: 30 }
const mostBoxWidth = 34
const tickStyle = { sizePoints: 8 } as const
const axisColour = '#57606a'

/** A titled panel with one box per group beside each other, over a common axis. */
export function drawBoxPanel(
  context: FigureContext,
  title: string,
  boxes: readonly PanelBox[],
  axis: ValueAxis,
  place: Place,
): void {
  const left = place.left + inset.left
  const right = place.left + place.width - inset.right
  const top = place.top + inset.top
  const bottom = place.top + place.height - inset.bottom
  const y = (value: number) => bottom - axis.shareOf(value) * (bottom - top)
  const titleStyle = { sizePoints: 10, isBold: true, align: 'center' } as const
  drawLine(context, title, (left + right) / 2, top - 9, right - left, titleStyle)
  context.lineWidth = 0.5
  for (const tick of axis.ticks) {
    context.strokeStyle = '#d8dee4'
    strokeLine(context, left, y(tick), right, y(tick))
    applyStyle(context, { ...tickStyle, align: 'right' })
    context.fillText(axis.textOf(tick), left - 5, y(tick) + 3)
  }
  context.strokeStyle = axisColour
  context.strokeRect(left, top, right - left, bottom - top)
  const slot = (right - left) / boxes.length
  for (const [index, box] of boxes.entries()) {
    const middle = left + (index + 0.5) * slot
    drawBox(context, box, middle, Math.min(mostBoxWidth, 0.5 * slot), y)
    const labelStyle = { ...tickStyle, align: 'center' } as const
    drawLine(context, box.label, middle, bottom + 12, slot, labelStyle)
    drawLine(context, `n = ${box.values.length}`, middle, bottom + 22, slot, {
      ...labelStyle,
      sizePoints: 7,
      colour: axisColour,
    })
  }
}

function drawBox(
  context: FigureContext,
  { values, colour }: PanelBox,
  middle: number,
  width: number,
  y: (value: number) => number,
): void {
  const at = (share: number) => y(percentile(values, share))
  context.strokeStyle = '#1f2328'
  context.lineWidth = 0.75
  strokeLine(context, middle, at(0.05), middle, at(0.25))
  strokeLine(context, middle, at(0.75), middle, at(0.95))
  for (const share of [0.05, 0.95]) {
    strokeLine(context, middle - width / 4, at(share), middle + width / 4, at(share))
  }
  context.globalAlpha = 0.45
  context.fillStyle = colour
  context.fillRect(middle - width / 2, at(0.75), width, at(0.25) - at(0.75))
  context.globalAlpha = 1
  context.strokeRect(middle - width / 2, at(0.75), width, at(0.25) - at(0.75))
  context.lineWidth = 1.5
  strokeLine(context, middle - width / 2, at(0.5), middle + width / 2, at(0.5))
  context.fillStyle = '#1f2328'
  context.globalAlpha = 0.6
  for (const [index, value] of values.entries()) {
    // Spread sideways by the golden ratio, so that equal values stay apart and the figure comes out the same again.
    const aside = (((index * 0.618) % 1) - 0.5) * 0.7 * width
    context.beginPath()
    context.arc(middle + aside, y(value), 1.5, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
}

function strokeLine(context: FigureContext, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}
