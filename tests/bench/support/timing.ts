/** Of repeated measurements. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { median, min: sorted[0], max: sorted[sorted.length - 1] }
}

/**
 * Milliseconds of each task in every round, by task. The tasks take turns, so that whatever else the machine does
 * falls on all of them; a first round, in which code is compiled and caches are filled, is not counted.
 */
export function timeInTurn(rounds: number, tasks: readonly ((round: number) => void)[]): number[][] {
  const elapsedMs: number[][] = tasks.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now()
      task(Math.max(0, round))
      if (round >= 0) elapsedMs[index].push(performance.now() - started)
    }
  }
  return elapsedMs
}

/** Quotients round by round. */
export function ratioOf(numerators: readonly number[], denominators: readonly number[]): Spread {
  return spreadOf(numerators.map((value, round) => value / denominators[round]))
}

/** Runs a task and tells the seconds that it took. */
export async function timed<Result>(
  task: () => Promise<Result> | Result,
): Promise<{ readonly result: Result; readonly seconds: number }> {
  const started = performance.now()
  const result = await task()
  return { result, seconds: (performance.now() - started) / 1000 }
}
