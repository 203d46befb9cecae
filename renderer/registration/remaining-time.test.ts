import { describe, expect, it } from 'vitest'
import type { Progress } from '../../native-workers/contract/progress.js'
import { expectedEnd, remainingMs } from './remaining-time.js'

function report(fraction: number | null, remaining: number | null): Progress {
  return { phase: 'search', message: 'Searching', fraction, elapsedMs: 0, remainingMs: remaining }
}

describe('expectedEnd', () => {
  it('counts down while nothing advances, however the reports grow', () => {
    const first = expectedEnd(null, report(0.1, 900), 1000)
    const later = expectedEnd(first, report(0.1, 4500), 1500)
    expect(remainingMs(later, 1500)).toBe(400)
    expect(remainingMs(later, 2000)).toBeNull()
  })

  it('follows the reports that advance', () => {
    const first = expectedEnd(null, report(0.1, 900), 1000)
    expect(remainingMs(expectedEnd(first, report(0.4, 3000), 2500), 2500)).toBe(3000)
  })

  it('is unknown as long as the amount of work is', () => {
    expect(remainingMs(expectedEnd(null, report(null, null), 0), 0)).toBeNull()
    expect(expectedEnd({ fraction: 0.1, endsAtMs: 5 }, report(0.02, null), 0)).toBeNull()
  })
})
