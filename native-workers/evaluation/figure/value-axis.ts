import { axisTicks } from './axis-ticks.js'

/** An axis of a plot: its ticks, where a value lies between the first and the last of them (0..1), and their texts. */
export interface ValueAxis {
  readonly ticks: readonly number[]
  readonly shareOf: (value: number) => number
  readonly textOf: (tick: number) => string
}

const tickCount = 5
/** Errors that differ by more than this factor hide the small ones at the foot of a linear axis. */
const widestLinearRatio = 30

/** The axis of errors, which are positive: in powers of ten where they differ too much for a linear one. */
export function errorAxis(values: readonly number[]): ValueAxis {
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  return least > 0 && greatest > widestLinearRatio * least ? decadeAxis(least, greatest) : linearAxis(values)
}

export function linearAxis(values: readonly number[]): ValueAxis {
  const ticks = axisTicks(Math.min(...values), Math.max(...values), tickCount)
  const [lowest, highest] = [ticks[0], ticks[ticks.length - 1]]
  // As many decimals as the steps between the ticks need.
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(ticks[1] - ticks[0]) + 1e-9)))
  return {
    ticks,
    shareOf: (value) => (value - lowest) / (highest - lowest),
    textOf: (tick) => tick.toFixed(decimals).replace('-', '−'),
  }
}

function decadeAxis(least: number, greatest: number): ValueAxis {
  const first = Math.floor(Math.log10(least) + 1e-9)
  const last = Math.ceil(Math.log10(greatest) - 1e-9)
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n)),
    shareOf: (value) => (Math.log10(value) - first) / (last - first),
    textOf: (tick) => tick.toFixed(Math.max(0, -Math.round(Math.log10(tick)))),
  }
}
