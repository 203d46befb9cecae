import { type FigureContext } from '../figure/canvas.js'
import { applyStyle, drawLine } from '../figure/text.js'

export const ink = '#1f2328'
export const faint = '#57606a'
export const bodySize = 7.5
const headingSize = 9

/** Draws downwards through one column of a page. */
export class Column {
  constructor(
    private readonly context: FigureContext,
    readonly left: number,
    public top: number,
    readonly width: number,
  ) {}

  heading(text: string): void {
    this.top += 14
    drawLine(this.context, text, this.left, this.top, this.width, {
      ...{ sizePoints: headingSize, isBold: true, colour: ink },
    })
    this.context.strokeStyle = '#d0d7de'
    this.context.lineWidth = 0.5
    this.context.beginPath()
    this.context.moveTo(this.left, this.top + 3.5)
    this.context.lineTo(this.left + this.width, this.top + 3.5)
    this.context.stroke()
    this.top += 4
  }

  line(text: string, colour = ink): void {
    this.top += 1.4 * bodySize
    drawLine(this.context, text, this.left, this.top, this.width, { sizePoints: bodySize, colour })
  }

  /** Name at the left in faint, value beside it. */
  fact(name: string, value: string, nameWidth = 82): void {
    this.top += 1.4 * bodySize
    const [nameStyle, valueStyle] = [
      { sizePoints: bodySize, colour: faint },
      { sizePoints: bodySize, colour: ink },
    ]
    drawLine(this.context, name, this.left, this.top, nameWidth - 4, nameStyle)
    const room = this.width - nameWidth
    drawLine(this.context, value, this.left + nameWidth, this.top, room, valueStyle)
  }

  /** Numbers set to the right in columns of equal width. */
  numbers(values: readonly string[]): void {
    this.top += 1.4 * bodySize
    const step = this.width / values.length
    applyStyle(this.context, { sizePoints: bodySize, colour: ink, align: 'right' })
    values.forEach((value, n) => {
      this.context.fillText(value, this.left + (n + 1) * step, this.top)
    })
  }

  space(points: number): void {
    this.top += points
  }
}

export const fixed = (value: number, digits: number): string => {
  const text = value.toFixed(digits)
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−')
}
