import { type Progress } from '../../contract/progress.js'
import { durationText } from './duration.js'
import { type Terminal } from './terminal.js'

export interface ProgressDisplay {
  show(progress: Progress): void
  /** Removes an unfinished line, so that what follows starts on a clean one. */
  clear(): void
}

const eraseLine = '\r\u001b[2K'
/** On a log, the same phase is reported again only after this long. */
const logIntervalMs = 5000

/** `phase 40 %  message  (1.2 s, about 2.0 s left)`. */
export function progressText({ phase, fraction, message, elapsedMs, remainingMs }: Progress): string {
  const percent = fraction === null ? '' : ` ${Math.round(fraction * 100)} %`
  const remaining = remainingMs === null ? '' : `, about ${durationText(remainingMs)} left`
  const detail = message === '' ? '' : `  ${message}`
  return `${phase}${percent}${detail}  (${durationText(elapsedMs)}${remaining})`
}

/** One rewritten line on a screen; elsewhere one line per phase and per five seconds. */
export function progressDisplay(terminal: Terminal): ProgressDisplay {
  return terminal.interactive ? rewrittenLine(terminal) : logLines(terminal)
}

function rewrittenLine(terminal: Terminal): ProgressDisplay {
  let visible = false
  return {
    show(progress) {
      // A line as wide as the screen would wrap, and could then no longer be erased.
      terminal.err(eraseLine + progressText(progress).slice(0, Math.max(1, terminal.columns - 1)))
      visible = true
    },
    clear() {
      if (visible) terminal.err(eraseLine)
      visible = false
    },
  }
}

function logLines(terminal: Terminal): ProgressDisplay {
  let last: Progress | undefined
  return {
    show(progress) {
      const isDue =
        last === undefined ||
        last.phase !== progress.phase ||
        progress.elapsedMs - last.elapsedMs >= logIntervalMs
      if (!isDue) return
      terminal.err(`${progressText(progress)}\n`)
      last = progress
    },
    clear() {},
  }
}
