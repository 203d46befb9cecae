import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { namesInCsv, namesInJson, type LabelNames } from './label-names.js'

/** A names file is small; what is larger is something else. */
export const largestNamesFileBytes = 1_000_000

export interface FoundNames {
  readonly names: LabelNames
  readonly file: string | null
}

/** `map.json` and `map.csv` of `map.nii.gz`, then the names that whole folders share. */
function candidates(labelsPath: string): string[] {
  const stem = basename(labelsPath).replace(/(?:\.nii)?\.[^.]+$/, '')
  return [`${stem}.json`, `${stem}.csv`, 'structures.json', 'structures.csv'].map((name) =>
    join(dirname(labelsPath), name),
  )
}

async function namesIn(file: string): Promise<LabelNames | null> {
  try {
    const { size } = await stat(file)
    if (size > largestNamesFileBytes) return null
    const content = await readFile(file, 'utf8')
    const names = file.endsWith('.csv') ? namesInCsv(content) : namesInJson(JSON.parse(content))
    return names.size > 0 ? names : null
  } catch {
    // Names are a help: without a readable file the numbers stand for themselves.
    return null
  }
}

/** The names that lie beside a label map; the first file that holds any counts. */
export async function findNames(labelsPath: string): Promise<FoundNames> {
  for (const file of candidates(labelsPath)) {
    const names = await namesIn(file)
    if (names !== null) return { names, file }
  }
  return { names: new Map(), file: null }
}
