import { z } from 'zod'
import type { LaunchOptions } from '../launch-options.js'

const answersSchema = z.record(z.string(), z.array(z.string()))

/**
 * Under test no person answers dialogs: `ISOCENTER_TEST_DIALOG` holds JSON with a list of paths per dialog, an
 * `OpenKind` or `save-folder`. It is read at every dialog, so that a test can change it. Null outside of tests.
 */
export function answerForTest({ testMode }: LaunchOptions, dialog: string): readonly string[] | null {
  if (!testMode) return null
  const answers = answersSchema.parse(JSON.parse(process.env['ISOCENTER_TEST_DIALOG'] ?? '{}'))
  return answers[dialog] ?? []
}
