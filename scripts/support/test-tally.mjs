/**
 * @typedef {object} TestTally
 * @property {number} passed
 * @property {number} failed failed tests, plus files that could not be loaded and errors outside of tests
 * @property {{ name: string, reason: string }[]} skipped
 */

/** @typedef {import('vitest/node').TestModule} TestModule */

/**
 * Counts the outcome of one run.
 *
 * @param {readonly TestModule[]} modules
 * @param {number} unhandledErrors errors that vitest caught outside of any test
 * @returns {TestTally}
 */
export function tallyOf(modules, unhandledErrors) {
  /** @type {TestTally} */
  const tally = { passed: 0, failed: unhandledErrors, skipped: [] }
  for (const module of modules) {
    if (module.errors().length > 0) tally.failed += 1
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') tally.passed += 1
      else if (result.state === 'skipped')
        tally.skipped.push({ name: test.fullName, reason: reasonOf(result) })
      // A test that never finished did not pass.
      else tally.failed += 1
    }
  }
  return tally
}

/** @param {import('vitest/node').TestResultSkipped} result */
function reasonOf(result) {
  return result.note ?? 'its condition does not hold here (see its file)'
}

/** @param {readonly TestTally[]} tallies @returns {TestTally} */
export function sumOfTallies(tallies) {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  }
}

/** @param {TestTally} tally */
export function tallyLine(tally) {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`
}
