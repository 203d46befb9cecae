/**
 * Runs `work` for the newest input only: at most one call is in flight, inputs that arrive meanwhile replace
 * each other, and the last one is worked on when the call returns. `work` must not reject.
 */
export function latestOnly<Input>(work: (input: Input) => Promise<void>): (input: Input) => void {
  let waiting: { input: Input } | null = null
  let busy = false

  async function drain(): Promise<void> {
    busy = true
    while (waiting !== null) {
      const { input } = waiting
      waiting = null
      await work(input)
    }
    busy = false
  }

  return (input) => {
    waiting = { input }
    if (!busy) void drain()
  }
}
