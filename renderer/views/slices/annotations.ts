import type { CanvasSize } from '../../composables/use-canvas.js'
import { planeColours } from '../../ui/colours.js'
import { planes, planeNames, type Plane, type PlaneName } from './plane.js'

const letterFont = '500 13px Roboto, sans-serif'
/** Half of the gap that keeps the crossing itself visible, CSS pixels. */
const gap = 8
/** Where the orientation letters stand, from the edge. */
const letterMargin = 24

/** Lines where the two other planes cut this one, in the colours of those planes. */
export function drawCrosshair(
  context: CanvasRenderingContext2D,
  view: CanvasSize,
  at: { readonly x: number; readonly y: number },
  name: PlaneName,
): void {
  const { right } = planes[name]
  const x = Math.round(at.x) + 0.5
  const y = Math.round(at.y) + 0.5
  context.lineWidth = 1
  for (const other of planeNames) {
    if (other === name) continue
    context.strokeStyle = planeColours[other]
    context.globalAlpha = 0.75
    context.beginPath()
    // A plane whose normal runs along the screen's horizontal is seen as a vertical line.
    if (Math.abs(right[planes[other].axis]) === 1) {
      context.moveTo(x, letterMargin)
      context.lineTo(x, y - gap)
      context.moveTo(x, y + gap)
      context.lineTo(x, view.height - letterMargin)
    } else {
      context.moveTo(letterMargin, y)
      context.lineTo(x - gap, y)
      context.moveTo(x + gap, y)
      context.lineTo(view.width - letterMargin, y)
    }
    context.stroke()
  }
  context.globalAlpha = 1
}

export function drawOrientationLetters(
  context: CanvasRenderingContext2D,
  view: CanvasSize,
  letters: Plane['letters'],
): void {
  context.font = letterFont
  context.fillStyle = '#e6e9ec'
  context.shadowColor = '#000'
  context.shadowBlur = 3
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillText(letters.left, 8, view.height / 2)
  context.textAlign = 'right'
  context.fillText(letters.right, view.width - 8, view.height / 2)
  context.textAlign = 'center'
  context.fillText(letters.top, view.width / 2, 14)
  context.fillText(letters.bottom, view.width / 2, view.height - 12)
  context.shadowBlur = 0
}

/** A bar of 10, 20, 50 or 100 mm … that takes at most a quarter of the view's width. */
export function drawScaleBar(context: CanvasRenderingContext2D, view: CanvasSize, pixelsPerMm: number): void {
  const most = view.width / 4 / pixelsPerMm
  const decade = 10 ** Math.floor(Math.log10(most))
  const lengthMm = [5, 2, 1].map((factor) => factor * decade).find((length) => length <= most) ?? decade
  const length = lengthMm * pixelsPerMm
  const left = 8.5
  const y = view.height - 29.5
  context.strokeStyle = '#aeb6bf'
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(left, y - 3)
  context.lineTo(left, y)
  context.lineTo(left + length, y)
  context.lineTo(left + length, y - 3)
  context.stroke()
  context.font = '10px Roboto, sans-serif'
  context.fillStyle = '#aeb6bf'
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(`${lengthMm} mm`, left + length + 6, y)
}
