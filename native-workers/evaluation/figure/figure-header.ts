import { type FigureContext } from './canvas.js'
import { type EvaluationFigureData } from './figure-data.js'
import { applyStyle, drawLine, wrapped } from './text.js'

const verdictColours = { good: '#1a7f37', check: '#9a6700', failed: '#cf222e' } as const
/** Em spaces, which SVG does not collapse. */
const separator = '\u2003·\u2003'
const lineStyle = { sizePoints: 9.5 } as const

/** What is written below the title, a line each. */
export function headerLines(data: EvaluationFigureData): readonly string[] {
  const files = [`X-ray: ${data.xrayName}`, `CT: ${data.volumeName}`]
  const { level, reasons } = data.verdict
  return [
    [...files, data.viewText].filter((text) => text !== '').join(separator),
    [`Verdict: ${level}`, errorText(data)].filter((text) => text !== '').join(separator),
    ...(reasons.length === 0 ? [] : [reasons.join(' ')]),
  ]
}

function errorText({ expectedErrorMm, errors }: EvaluationFigureData): string {
  const millimetres = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} mm`
  const expected = expectedErrorMm === null ? [] : [`expected error ${millimetres(expectedErrorMm)}`]
  if (errors.final === null) return expected.join(separator)
  const before = errors.initial === null ? '' : ` (initially ${millimetres(errors.initial.mTreMm)})`
  return [...expected, `mTRE ${millimetres(errors.final.mTreMm)}${before}`].join(separator)
}

/** Title, files, verdict in its colour, and the verdict's reasons in one line. */
export function drawHeader(
  context: FigureContext,
  data: EvaluationFigureData,
  place: { readonly left: number; readonly top: number; readonly width: number },
): void {
  drawLine(context, data.title, place.left, place.top, place.width, { sizePoints: 15, isBold: true })
  const [files, verdict, ...reasons] = headerLines(data)
  const y = (line: number) => place.top + 4 + 14 * (line + 1)
  drawLine(context, files, place.left, y(0), place.width, lineStyle)
  const colour = verdictColours[data.verdict.level]
  drawLine(context, verdict, place.left, y(1), place.width, { ...lineStyle, isBold: true, colour })
  const style = { ...lineStyle, colour: '#57606a' }
  const [line] = wrapped(context, reasons.join(' '), place.width, 1, style)
  applyStyle(context, style)
  if (reasons.length > 0) context.fillText(line, place.left, y(2))
}
