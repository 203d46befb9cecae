import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import type { ReadLabelNamesInput, ReadLabelNamesOutput } from '../../contract/operations/label-names.js'
import type { Operation } from '../../contract/progress.js'
import { namesInCsv, namesInJson, namesInLines, type LabelNames } from './label-names.js'
import { largestNamesFileBytes } from './names-file.js'

/**
 * The names of labels in a file that a person chose. Errors: `file-not-found`, `file-unreadable`, `labels-invalid`
 * where it holds no names.
 */
export const readLabelNames: Operation<ReadLabelNamesInput, ReadLabelNamesOutput> = async ({ path }) => {
  const names = namesInText(await textOf(path))
  if (names.size === 0) {
    throw new UserError(
      'labels-invalid',
      `${basename(path)} holds no names of labels.`,
      'Names come from JSON (a list of label and name, or an object of either direction), from a table with the columns label and name, from ITK-SNAP’s label descriptions or from a colour table of 3D Slicer.',
    )
  }
  return {
    names: [...names].sort(([a], [b]) => a - b).map(([label, name]) => ({ label, name })),
  }
}

async function textOf(path: string): Promise<string> {
  const size = await stat(path).then(
    (file) => (file.isFile() ? file.size : Infinity),
    () => null,
  )
  if (size === null) throw new UserError('file-not-found', `${basename(path)} does not exist.`)
  if (size > largestNamesFileBytes) {
    throw new UserError('labels-invalid', `${basename(path)} is too large to be a file of names.`)
  }
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError('file-unreadable', `${basename(path)} can't be read: ${String(error)}.`)
  })
}

/** By content: the same kinds come under several extensions. */
function namesInText(content: string): LabelNames {
  try {
    return namesInJson(JSON.parse(content))
  } catch {
    const table = namesInCsv(content)
    return table.size > 0 ? table : namesInLines(content)
  }
}
