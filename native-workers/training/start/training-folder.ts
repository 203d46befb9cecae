import { mkdir, readdir } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { outputError } from '../../imaging/atomic-write.js'

/**
 * Makes the folder of a new training. Errors: `output-unwritable`; `output-exists` where it holds a training already,
 * whose checkpoints would be mistaken for this one's.
 */
export async function makeTrainingFolder(folder: string): Promise<void> {
  await assertFolderWritable(folder)
  try {
    await mkdir(folder, { recursive: true })
    const names = await readdir(folder)
    if (names.some((name) => name === 'log.jsonl' || /^\d{4,9}\.json$/.test(name))) {
      throw new UserError(
        'output-exists',
        `"${folder}" holds a training already.`,
        'Choose another folder, or go on with that training by a restart.',
      )
    }
  } catch (error) {
    throw error instanceof UserError ? error : outputError(error, folder)
  }
}
