export interface PlaceOnScreen {
  readonly x: number
  readonly y: number
}

/** How near the pointer has to be to take hold of a point, CSS pixels. */
export const reach = 9

const radius = 5
const font = '500 11px Roboto, sans-serif'

/** With more points than this, names would hide the picture: only the chosen one is named. */
const mostNames = 10
const longestName = 16

/** The name beside a point, shortened; empty where there are too many. */
export function shownName(name: string, isSelected: boolean, count: number): string {
  if (isSelected) return name
  if (count > mostNames) return ''
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}

export interface DrawnPoint {
  /** Empty where it is not written. */
  readonly name: string
  readonly colour: string
  readonly isSelected: boolean
}

/** A placed point: a ring with a dot in its middle, and its name; `opacity` tells how near the plane is. */
export function drawPoint(
  context: CanvasRenderingContext2D,
  { x, y }: PlaceOnScreen,
  { name, colour, isSelected }: DrawnPoint,
  opacity = 1,
): void {
  context.save()
  context.globalAlpha = opacity
  context.shadowColor = '#000'
  context.shadowBlur = 3
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = isSelected ? 2.5 : 1.5
  context.beginPath()
  context.arc(x, y, isSelected ? radius + 1.5 : radius, 0, 2 * Math.PI)
  context.stroke()
  context.beginPath()
  context.arc(x, y, 1.2, 0, 2 * Math.PI)
  context.fill()
  if (name !== '') {
    context.font = font
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText(name, x + radius + 5, y - radius)
  }
  context.restore()
}

/** Where a point of the CT falls at the present pose: a cross, with a line to where it was picked. */
export function drawProjection(
  context: CanvasRenderingContext2D,
  { x, y }: PlaceOnScreen,
  colour: string,
  picked: PlaceOnScreen | null,
): void {
  context.save()
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.shadowColor = '#000'
  context.shadowBlur = 2
  context.beginPath()
  context.moveTo(x - 4, y - 4)
  context.lineTo(x + 4, y + 4)
  context.moveTo(x + 4, y - 4)
  context.lineTo(x - 4, y + 4)
  context.stroke()
  if (picked !== null) {
    context.lineWidth = 1
    context.setLineDash([3, 3])
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(picked.x, picked.y)
    context.stroke()
  }
  context.restore()
}

/** The nearest thing within reach of the pointer; null where there is none. */
export function nearest<Thing>(
  things: readonly (readonly [Thing, PlaceOnScreen])[],
  at: PlaceOnScreen,
): Thing | null {
  let best: Thing | null = null
  let least = reach
  for (const [thing, { x, y }] of things) {
    const distance = Math.hypot(x - at.x, y - at.y)
    if (distance > least) continue
    best = thing
    least = distance
  }
  return best
}
