const chatter = [
  'Exception while running pipeline:',
  'stdout:',
  'stderr:',
  'exception:',
  'Build module in Debug mode for exception message information.',
]

let activeCalls = 0
let restore = (): void => undefined

function holdBackChatter(): void {
  const { log, error } = console
  const filter =
    (print: (...values: unknown[]) => void) =>
    (...values: unknown[]) => {
      if (typeof values[0] !== 'string' || !chatter.includes(values[0])) print(...values)
    }
  console.log = filter(log.bind(console))
  console.error = filter(error.bind(console))
  restore = () => {
    console.log = log
    console.error = error
  }
}

/**
 * Runs `work` while the lines that itk-wasm prints before it throws are kept off the console: on standard output
 * they would corrupt the command line's JSON. Every other line passes. Calls may overlap.
 */
export async function withQuietConsole<Result>(work: () => Promise<Result>): Promise<Result> {
  if (activeCalls++ === 0) holdBackChatter()
  try {
    return await work()
  } finally {
    if (--activeCalls === 0) restore()
  }
}
