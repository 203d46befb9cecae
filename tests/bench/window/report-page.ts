import { figure, line } from '../support/report.js'
import { spreadOf } from '../support/timing.js'
import type { PageFigures } from './page-meter.js'

/** Frames that stand still come at the screen's pace, which is no slower than this. */
const smoothMs = 17

/** Frame times of a gesture, and the longest stretch that the page's thread was not free. */
export function reportGesture(name: string, { frameMs, longestTaskMs, longTasks }: PageFigures): void {
  const sorted = [...frameMs].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  if (sorted.length === 0) return
  figure(`${name}: frame`, spreadOf(sorted), 'ms')
  const slow = sorted.filter((each) => each > 2 * smoothMs).length / sorted.length
  line(
    `  95 % within; frames over ${2 * smoothMs} ms`,
    `${at(0.95).toFixed(0)} ms; ${(100 * slow).toFixed(0)} %`,
  )
  reportLongestTask(longestTaskMs, longTasks)
}

export function reportLongestTask(longestTaskMs: number, count: number): void {
  const told =
    count === 0 ? 'below 50 ms' : `${longestTaskMs.toFixed(0)} ms (${String(count)} of 50 ms or more)`
  line('  longest task of the window', `${told}  [aim: at most 50 ms]`)
}

export const mebibytes = (bytes: number | null): string =>
  bytes === null ? 'unknown here' : `${(bytes / 2 ** 20).toFixed(0)} MiB`
