import { readdir } from 'node:fs/promises'
import { inputError } from '../../imaging/input-file.js'

/** `0012`: checkpoints are numbered from 1; a number is never used twice in a folder. */
export const checkpointStem = (number: number): string => String(number).padStart(4, '0')

/** Numbers that have any file in the folder, the largest first. Errors: `file-not-found`, `file-unreadable`. */
export async function checkpointNumbers(folder: string): Promise<number[]> {
  return numbersAmong(await namesIn(folder))
}

/** Numbers of the checkpoints whose JSON is there, the largest first. */
export async function describedCheckpointNumbers(folder: string): Promise<number[]> {
  return numbersAmong((await namesIn(folder)).filter((name) => name.endsWith('.json')))
}

/** What a crash left of a file that was being written; only one training writes in a folder. */
export async function unfinishedFiles(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) =>
    /^\.[0-9a-f]{12}\.(\d{4,9}|best)\.(json|onnx|state)$/.test(name),
  )
}

function numbersAmong(names: readonly string[]): number[] {
  const found = names.flatMap((name) => {
    const match = /^(\d{4,9})\.(json|onnx|state)$/.exec(name)
    return match === null ? [] : [Number(match[1])]
  })
  return [...new Set(found)].sort((a, b) => b - a)
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throw inputError(error, folder)
  }
}
