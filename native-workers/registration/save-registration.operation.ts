import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, UserError } from '../contract/errors.js'
import { isResultPicture, resultFileName } from '../contract/files/result-files.js'
import {
  type RegisterOutput,
  type SaveRegistrationInput,
  type SaveRegistrationOutput,
} from '../contract/operations/register.js'
import { type Operation } from '../contract/progress.js'
import { writePng } from '../imaging/write-picture.js'
import { withTemporaryFolder } from '../imaging/output-folder.js'
import { trajectoryCsv } from './trajectory-csv.js'

/**
 * Writes a registration's result, pictures and trajectory into a folder, which is created where needed. All files are
 * complete before the first takes its name, and `result.json` comes last: where it stands, its set is whole.
 * Pictures of an earlier result with more views are removed. Errors: `output-unwritable`, `input-invalid`.
 */
export const saveRegistration: Operation<SaveRegistrationInput, SaveRegistrationOutput> = async (
  { output, folder },
  { signal },
) => {
  const pictureNames = output.pictures.map(({ name }) => name)
  pictureNames.forEach(assertFileName)
  const names = [...pictureNames, 'trajectory.csv', resultFileName]
  await withTemporaryFolder(folder, async (temporaryFolder) => {
    await writeFiles(output, temporaryFolder, signal)
    for (const name of names) await rename(join(temporaryFolder, name), join(folder, name))
    const stale = (await readdir(folder)).filter(
      (name) => isResultPicture(name) && !pictureNames.includes(name),
    )
    await Promise.all(stale.map((name) => rm(join(folder, name))))
  })
  return { files: names.map((name) => join(folder, name)) }
}

async function writeFiles(
  { result, pictures }: RegisterOutput,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  for (const picture of pictures) {
    throwIfCancelled(signal)
    await writePng(join(folder, picture.name), picture)
  }
  await writeFile(join(folder, 'trajectory.csv'), trajectoryCsv(result.trajectory))
  await writeFile(join(folder, resultFileName), `${JSON.stringify(result, null, 2)}\n`)
  throwIfCancelled(signal)
}

function assertFileName(name: string): void {
  if (/^[\w-]+\.png$/.test(name)) return
  throw new UserError('input-invalid', `"${name}" is not the name of a PNG picture.`)
}
