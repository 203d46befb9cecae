import { type TrajectoryPoint } from '../../contract/files/registration-result.js'
import { axisTicks } from '../figure/axis-ticks.js'
import { type FigureContext } from '../figure/canvas.js'
import { applyStyle } from '../figure/text.js'
import { type FigureColours } from './figure-colours.js'
import { type Box } from './panel-picture.js'

/** One stage of the optimisation; stages compare pictures of other sizes, so that their curves do not join. */
interface StageRun {
  readonly stage: string
  readonly points: readonly TrajectoryPoint[]
}

/** Neighbouring accepted points of one stage, in the order of their renders. */
export function stageRuns(trajectory: readonly TrajectoryPoint[]): readonly StageRun[] {
  const runs: { readonly stage: string; readonly points: TrajectoryPoint[] }[] = []
  for (const point of trajectory.toSorted((a, b) => a.render - b.render)) {
    if (!point.accepted) continue
    const last = runs.at(-1)
    if (last?.stage === point.stage) last.points.push(point)
    else runs.push({ stage: point.stage, points: [point] })
  }
  return runs
}

/**
 * Similarity (1 - loss) of the accepted steps over the renders of the optimisation, with a line where each stage begins.
 */
export function drawSimilarityCurve(
  context: FigureContext,
  box: Box,
  trajectory: readonly TrajectoryPoint[],
  fontSizePoints: number,
  colours: FigureColours,
): void {
  const font = 0.9 * fontSizePoints
  const style = { sizePoints: font, colour: colours.ink }
  const runs = stageRuns(trajectory)
  const points = runs.flatMap((run) => run.points)
  if (points.length === 0) {
    applyStyle(context, { ...style, colour: colours.faint, align: 'center' })
    context.fillText('no steps were recorded', box.left + box.width / 2, box.top + box.height / 2)
    return
  }
  const similarities = points.map(({ loss }) => 1 - loss)
  const yTicks = axisTicks(Math.min(...similarities), Math.max(...similarities), 4)
  const renders = points.map(({ render }) => render)
  const xTicks = axisTicks(Math.min(...renders), Math.max(...renders), 4).filter(Number.isInteger)
  const decimals = Math.max(0, -Math.floor(Math.log10(yTicks[1] - yTicks[0]) + 1e-9))
  applyStyle(context, style)
  const tickWidth = Math.max(...yTicks.map((tick) => context.measureText(tick.toFixed(decimals)).width))
  const inner = {
    left: box.left + tickWidth + 2.1 * font,
    top: box.top + 1.5 * font,
    right: box.left + box.width - 0.8 * font,
    bottom: box.top + box.height - 2.7 * font,
  }
  const [low, high] = [yTicks[0], yTicks[yTicks.length - 1]]
  const [from, to] = [Math.min(...renders), Math.max(...renders, Math.min(...renders) + 1)]
  const x = (render: number) => inner.left + ((render - from) / (to - from)) * (inner.right - inner.left)
  const y = (similarity: number) =>
    inner.bottom - ((similarity - low) / (high - low)) * (inner.bottom - inner.top)
  context.lineWidth = 0.5
  for (const tick of yTicks) {
    context.strokeStyle = colours.grid
    strokeLine(context, inner.left, y(tick), inner.right, y(tick))
    applyStyle(context, { ...style, align: 'right' })
    context.fillText(tick.toFixed(decimals), inner.left - 0.5 * font, y(tick) + 0.35 * font)
  }
  for (const tick of xTicks) {
    if (tick < from || tick > to) continue
    context.strokeStyle = colours.faint
    strokeLine(context, x(tick), inner.bottom, x(tick), inner.bottom + 2)
    applyStyle(context, { ...style, align: 'center' })
    context.fillText(String(tick), x(tick), inner.bottom + 1.25 * font)
  }
  drawStages(context, runs, inner, x, font, colours)
  context.strokeStyle = colours.faint
  context.strokeRect(inner.left, inner.top, inner.right - inner.left, inner.bottom - inner.top)
  for (const run of runs) drawRun(context, run, x, y, colours)
  applyStyle(context, { ...style, align: 'center' })
  context.fillText('renders', (inner.left + inner.right) / 2, box.top + box.height - 0.3 * font)
  context.save()
  context.translate(box.left + 0.8 * font, (inner.top + inner.bottom) / 2)
  context.rotate(-Math.PI / 2)
  context.fillText('similarity', 0, 0)
  context.restore()
}

function drawRun(
  context: FigureContext,
  { points }: StageRun,
  x: (render: number) => number,
  y: (similarity: number) => number,
  { curve }: FigureColours,
): void {
  context.strokeStyle = curve
  context.fillStyle = curve
  context.lineWidth = 1
  context.beginPath()
  for (const { render, loss } of points) context.lineTo(x(render), y(1 - loss))
  context.stroke()
  for (const { render, loss } of points) {
    context.beginPath()
    context.arc(x(render), y(1 - loss), 1.2, 0, 2 * Math.PI)
    context.fill()
  }
}

/** A line and a name where each stage begins; names that would run into each other are left out. */
function drawStages(
  context: FigureContext,
  runs: readonly StageRun[],
  { top, right, bottom }: { readonly top: number; readonly right: number; readonly bottom: number },
  x: (render: number) => number,
  font: number,
  { faint }: FigureColours,
): void {
  let freeFrom = -Infinity
  applyStyle(context, { sizePoints: 0.85 * font, colour: faint })
  context.strokeStyle = faint
  context.lineWidth = 0.5
  for (const { stage, points } of runs) {
    const at = x(points[0].render)
    context.setLineDash([2, 2])
    strokeLine(context, at, top, at, bottom)
    context.setLineDash([])
    const name = stageName(stage)
    const end = at + context.measureText(name).width
    if (at < freeFrom || end > right) continue
    context.fillText(name, at, top - 0.4 * font)
    freeFrom = end + 0.6 * font
  }
}

/** Stages are called after the longer side of the pictures that they compare. */
const stageName = (stage: string): string => (/^\d+$/.test(stage) ? `${stage} px` : stage)

function strokeLine(context: FigureContext, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}
