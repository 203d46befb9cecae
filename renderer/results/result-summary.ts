import { fileName, fixed } from '../text/format.js'
import { text } from '../text/en.js'
import type { ResultEntry } from './result-entry.js'
import { requestOf } from './result-request.js'

/** What the list says of a result. */
export interface ResultSummary {
  /** "14:05" for one of today, else with its date. */
  readonly time: string
  readonly expectedError: string | null
  readonly xrays: string
  readonly start: string
  readonly structures: string
  readonly seconds: string
}

function shownTime(created: string, today: Date): string {
  const date = new Date(created)
  if (Number.isNaN(date.getTime())) return created
  const time = date.toLocaleTimeString('en-GB')
  return date.toDateString() === today.toDateString() ? time : `${date.toLocaleDateString('en-CA')} ${time}`
}

export function resultSummary({ finished }: ResultEntry, today = new Date()): ResultSummary {
  const { result, elapsedMs } = finished
  const request = requestOf(result)
  const words = text.results
  const error = result.confidence?.expectedErrorMm ?? null
  const frames = request?.views.map(({ xray }) => xray.frame) ?? []
  return {
    time: shownTime(result.created, today),
    expectedError: error === null ? null : `${fixed(error, 2)} mm`,
    xrays: result.views
      .map(({ xray }, index) => {
        const frame = frames[index] ?? 0
        return frame === 0 ? fileName(xray) : `${fileName(xray)} [${frame}]`
      })
      .join(', '),
    start: words.starts[request?.initial.kind ?? 'other'],
    structures: request?.labels === undefined ? words.wholeCt : words.structures(request.labels.structures),
    seconds: `${fixed(elapsedMs / 1000, 1)} s`,
  }
}
