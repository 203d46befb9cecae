import { type FigureContext, figureFont } from './canvas.js'

export interface TextStyle {
  readonly sizePoints: number
  readonly isBold?: boolean
  readonly colour?: string
  readonly align?: 'left' | 'center' | 'right'
}

export function applyStyle(context: FigureContext, style: TextStyle): void {
  context.font = `${style.isBold === true ? 'bold ' : ''}${style.sizePoints}px "${figureFont}"`
  context.fillStyle = style.colour ?? '#1f2328'
  context.textAlign = style.align ?? 'left'
}

/** Writes one line with its baseline at y; the middle gives way to an ellipsis where it would be wider. */
export function drawLine(
  context: FigureContext,
  text: string,
  x: number,
  y: number,
  maxWidthPoints: number,
  style: TextStyle,
): void {
  applyStyle(context, style)
  const widthOf = (line: string) => context.measureText(line).width
  context.fillText(elided(text, maxWidthPoints, widthOf), x, y)
}

/** The text, or as much of its beginning and end as fits round an ellipsis: file names differ at both. */
export function elided(text: string, maxWidth: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= maxWidth) return text
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  let [fits, fails] = [0, characters.length]
  const shortened = (kept: number) => {
    const tail = Math.floor(kept / 2)
    return `${characters.slice(0, kept - tail).join('')}…${characters.slice(characters.length - tail).join('')}`
  }
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2)
    if (widthOf(shortened(middle)) <= maxWidth) fits = middle
    else fails = middle
  }
  return shortened(fits)
}

/** The words in lines no wider than given, at most `maxLines`; the last is elided where more would follow. */
export function wrapped(
  context: FigureContext,
  text: string,
  maxWidthPoints: number,
  maxLines: number,
  style: TextStyle,
): readonly string[] {
  applyStyle(context, style)
  const widthOf = (line: string) => context.measureText(line).width
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && (widthOf(joined) <= maxWidthPoints || lines.length === maxLines)) {
      lines[lines.length - 1] = joined
    } else lines.push(word)
  }
  return lines.map((line) => elided(line, maxWidthPoints, widthOf))
}
