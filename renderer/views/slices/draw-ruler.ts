interface ScreenPoint {
  readonly x: number
  readonly y: number
}

const colour = '#f2c14e'
const tick = 5

/** A line with ticks at its ends and its length beside the middle. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  start: ScreenPoint,
  end: ScreenPoint,
  caption: string,
): void {
  const length = Math.hypot(end.x - start.x, end.y - start.y)
  if (length === 0) return
  // Across the line, towards the right of the screen: there the caption stands.
  const side = end.y > start.y ? -1 : 1
  const across = {
    x: (-(end.y - start.y) / length) * side * tick,
    y: ((end.x - start.x) / length) * side * tick,
  }
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.shadowColor = '#000'
  context.shadowBlur = 3
  context.beginPath()
  context.moveTo(start.x, start.y)
  context.lineTo(end.x, end.y)
  for (const point of [start, end]) {
    context.moveTo(point.x - across.x, point.y - across.y)
    context.lineTo(point.x + across.x, point.y + across.y)
  }
  context.stroke()
  context.font = '500 12px Roboto, sans-serif'
  context.fillStyle = colour
  context.textAlign = across.x > Math.abs(across.y) ? 'left' : 'center'
  context.textBaseline = 'middle'
  context.fillText(caption, (start.x + end.x) / 2 + 3 * across.x, (start.y + end.y) / 2 + 3 * across.y)
  context.shadowBlur = 0
}
