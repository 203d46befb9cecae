import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { resultFileName, reviewFileName } from '../../contract/files/result-files.js'
import { type Review } from '../../contract/files/review.js'
import {
  type ReviewRegistrationInput,
  type ReviewRegistrationOutput,
} from '../../contract/operations/saved-registrations.js'
import { type Operation } from '../../contract/progress.js'
import { writeFileAtomic } from '../../imaging/atomic-write.js'

/** Keeps what a person thinks of a result beside it. Errors: `file-not-found` (no result there), `output-unwritable`. */
export const reviewRegistration: Operation<ReviewRegistrationInput, ReviewRegistrationOutput> = async ({
  folder,
  decision,
  note,
}) => {
  const hasResult = await stat(join(folder, resultFileName)).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!hasResult) throw new UserError('file-not-found', `"${folder}" holds no result.json to review.`)
  const review: Review = { schema: 'isocenter/review@1', decision, note, reviewed: new Date().toISOString() }
  const file = join(folder, reviewFileName)
  await writeFileAtomic(file, `${JSON.stringify(review, null, 2)}\n`)
  return { file }
}
