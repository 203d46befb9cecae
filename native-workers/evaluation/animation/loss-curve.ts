import { type TrajectoryPoint } from '../../contract/files/registration-result.js'
import { type Raster } from '../figure/canvas.js'
import { blue, css, faint, orange } from './colours.js'
import { type FrameLayout } from './frame-layout.js'
import { type AnimationFrame } from './select-frames.js'

type Context = Raster['context']
type Box = FrameLayout['curve']

/** Room below each stage's curve, in shares of the height; above it, in lines of text, for the note on the scales. */
const [roomBelow, linesAbove] = [0.12, 2]

/**
 * The loss of the shown points over their frames, with a marker at the frame of the moment. Stages compare at different
 * resolutions, so that their losses do not continue each other: each has a scale of its own.
 */
export function drawLossCurve(
  context: Context,
  { curve, fontPixels }: FrameLayout,
  frames: readonly AnimationFrame[],
  index: number,
): void {
  const x = (frame: number) =>
    curve.left + (frames.length > 1 ? (frame / (frames.length - 1)) * curve.width : 0)
  context.lineWidth = 1
  drawFrame(context, curve)
  drawStages(context, curve, frames, x, fontPixels)
  context.fillStyle = css(faint)
  context.textAlign = 'right'
  context.fillText('loss', curve.left - 6, curve.top + 0.5 * curve.height + 0.35 * fontPixels)
  const right = curve.left + curve.width
  context.fillText('every stage on its own scale', right - 6, curve.top + 1.4 * fontPixels)
  context.textAlign = 'left'
  context.strokeStyle = css(orange)
  context.beginPath()
  context.moveTo(x(index), curve.top)
  context.lineTo(x(index), curve.top + curve.height)
  context.stroke()
  for (const run of runsOfStages(frames)) {
    const y = scaleOf(run, curve, linesAbove * fontPixels)
    drawRun(context, run, x, y)
    const { point } = frames[index]
    if (point !== null && run.some(({ frame }) => frame === index)) {
      dot(context, x(index), y(point.loss), 4, css(orange))
    }
  }
}

/** Vertical places of a stage's losses, with room above and below. */
function scaleOf(
  run: readonly ShownPoint[],
  { top, height }: Box,
  roomAbove: number,
): (loss: number) => number {
  const losses = run.map(({ point }) => point.loss)
  const [low, high] = [Math.min(...losses), Math.max(...losses)]
  const share = (loss: number) => (high > low ? (high - loss) / (high - low) : 0.5)
  const drawn = height - roomAbove - roomBelow * height
  return (loss) => top + roomAbove + drawn * share(loss)
}

interface ShownPoint {
  readonly frame: number
  readonly point: TrajectoryPoint
}

/** Neighbouring points of one stage. */
function runsOfStages(frames: readonly AnimationFrame[]): ShownPoint[][] {
  const runs: ShownPoint[][] = []
  frames.forEach(({ point, stage }, frame) => {
    if (point === null) return
    const last = runs.at(-1)
    if (last !== undefined && last[0].point.stage === stage) last.push({ frame, point })
    else runs.push([{ frame, point }])
  })
  return runs
}

function drawRun(
  context: Context,
  run: readonly ShownPoint[],
  x: (frame: number) => number,
  y: (loss: number) => number,
): void {
  const accepted = run.filter(({ point }) => point.accepted)
  context.strokeStyle = css(blue)
  context.lineWidth = 1.5
  context.beginPath()
  for (const { frame, point } of accepted) context.lineTo(x(frame), y(point.loss))
  context.stroke()
  context.lineWidth = 1
  for (const { frame, point } of run) {
    dot(context, x(frame), y(point.loss), point.accepted ? 2 : 1.5, css(point.accepted ? blue : faint))
  }
}

function drawFrame(context: Context, { left, top, width, height }: Box): void {
  context.strokeStyle = css(faint)
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1)
}

/** A line and a name where a stage begins; names that would run into each other are left out. */
function drawStages(
  context: Context,
  { left, top, width, height }: Box,
  frames: readonly AnimationFrame[],
  x: (frame: number) => number,
  fontPixels: number,
): void {
  let freeFrom = left
  context.fillStyle = css(faint)
  context.strokeStyle = css(faint)
  frames.forEach(({ stage, point }, frame) => {
    if (point === null || (frame > 0 && frames[frame - 1].stage === stage)) return
    const from = x(frame)
    context.beginPath()
    context.moveTo(from, top)
    context.lineTo(from, top + height)
    context.globalAlpha = 0.5
    context.stroke()
    context.globalAlpha = 1
    const end = from + context.measureText(stage).width
    if (from < freeFrom || end > left + width) return
    context.fillText(stage, from, top + height + 1.2 * fontPixels)
    freeFrom = end + fontPixels
  })
}

function dot(context: Context, x: number, y: number, radius: number, style: string): void {
  context.fillStyle = style
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}
