import type { CanvasSize } from '../../composables/use-canvas.js'
import { planeColours } from '../../ui/colours.js'
import type { Plane, PlaneName } from './plane.js'

const letterFont = '500 13px Roboto, sans-serif'
/** Half of the gap that keeps the crossing itself visible, CSS pixels. */
const gap = 8
/** Where the orientation letters stand, from the edge. */
const letterMargin = 24

/** Where another plane cuts the one that is drawn: a unit vector of the screen. */
export interface PlaneCut {
  readonly name: PlaneName
  readonly direction: { readonly x: number; readonly y: number }
}

/** Lines where the two other planes cut this one, in the colours of those planes. */
export function drawCrosshair(
  context: CanvasRenderingContext2D,
  view: CanvasSize,
  at: { readonly x: number; readonly y: number },
  cuts: readonly PlaneCut[],
): void {
  const x = Math.round(at.x) + 0.5
  const y = Math.round(at.y) + 0.5
  const far = view.width + view.height
  context.save()
  context.beginPath()
  context.rect(letterMargin, letterMargin, view.width - 2 * letterMargin, view.height - 2 * letterMargin)
  context.clip()
  context.lineWidth = 1
  context.globalAlpha = 0.75
  for (const { name, direction } of cuts) {
    context.strokeStyle = planeColours[name]
    context.beginPath()
    for (const side of [-1, 1]) {
      context.moveTo(x + side * gap * direction.x, y + side * gap * direction.y)
      context.lineTo(x + side * far * direction.x, y + side * far * direction.y)
    }
    context.stroke()
  }
  context.restore()
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
