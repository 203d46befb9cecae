import { mkdir, mkdtemp, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../contract/errors.js'
import { outputError } from './atomic-write.js'

const temporaryPrefix = '.isocenter-'

function notAFolder(path: string): UserError {
  return new UserError(
    'output-unwritable',
    `"${path}" is a file, so nothing can be written into it as a folder.`,
    'Choose another output folder.',
  )
}

async function isFolder(path: string): Promise<boolean | undefined> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return undefined
  }
}

/** The folder itself, or the nearest one above it that exists. */
async function nearestExisting(folder: string): Promise<string> {
  const found = await isFolder(folder)
  if (found === true) return folder
  const parent = dirname(folder)
  if (found === false || parent === folder) throw notAFolder(folder)
  return nearestExisting(parent)
}

/**
 * Checks before long work that files can be written into `folder`, which may not exist yet; leaves nothing behind.
 * Errors: `output-unwritable`.
 */
export async function assertFolderWritable(folder: string): Promise<void> {
  const existing = await nearestExisting(resolve(folder))
  try {
    await rmdir(await mkdtemp(join(existing, temporaryPrefix)))
  } catch (error) {
    throw outputError(error, folder)
  }
}

async function removeEmptyUpTo(folder: string, topmost: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch {
    return
  }
  if (folder !== topmost) await removeEmptyUpTo(dirname(folder), topmost)
}

/**
 * Runs `fill` on a fresh temporary folder inside `folder`, which is created where needed. The temporary folder is
 * removed afterwards; when `fill` fails, so are the folders that were created for it.
 * Errors: `output-unwritable`; what `fill` throws otherwise passes unchanged.
 */
export async function withTemporaryFolder(
  folder: string,
  fill: (temporaryFolder: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  await nearestExisting(target)
  let firstCreated: string | undefined
  try {
    firstCreated = await mkdir(target, { recursive: true })
    const temporaryFolder = await mkdtemp(join(target, temporaryPrefix))
    try {
      await fill(temporaryFolder)
    } finally {
      await rm(temporaryFolder, { recursive: true, force: true })
    }
  } catch (error) {
    if (firstCreated !== undefined) await removeEmptyUpTo(target, firstCreated)
    throw outputError(error, folder)
  }
}
