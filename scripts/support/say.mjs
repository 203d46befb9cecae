/** Progress of the scripts goes to stderr, so that stdout carries results alone. @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/** A set-up step failed for a reason that a person can mend; printed as a sentence, without a stack. */
export class SetupError extends Error {
  /** @param {string} sentence what is wrong and what to do about it */
  constructor(sentence) {
    super(sentence)
    this.name = 'SetupError'
  }
}

/**
 * Runs a script's body and turns its outcome into the exit code; a `SetupError` prints its sentence alone.
 *
 * @param {() => Promise<number | void>} body resolves to the exit code (nothing means 0)
 */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    process.exitCode = 1
    if (error instanceof SetupError) say(`error: ${error.message}`)
    else throw error
  }
}
