import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { readDicomFile } from '../dicom-tags/dicom-file.js'
import { elementText } from '../dicom-tags/element-values.js'
import { statInput } from '../input-file.js'

const recordSequenceTag = 'x00041220'
const referencedFileTag = 'x00041500'

/** The DICOMDIR that a path is or holds at its top; null where there is none. */
export async function directoryFileOf(path: string): Promise<string | null> {
  if (!(await statInput(path)).isDirectory()) {
    return /^dicomdir$/i.test(basename(path)) ? path : null
  }
  const name = (await readdir(path)).find((entry) => /^dicomdir$/i.test(entry))
  return name === undefined ? null : join(path, name)
}

export interface DirectoryFiles {
  readonly files: readonly string[]
  /** Named by the directory but not there. */
  readonly missing: readonly string[]
}

/**
 * The files that a DICOMDIR names (DICOM PS3.3 F.3); null where it names none or can't be read, so that the folder has
 * to be searched. Capitals do not count: file systems of discs change them.
 */
export async function directoryFiles(path: string): Promise<DirectoryFiles | null> {
  const names = await referencedFiles(path)
  if (names === null || names.length === 0) return null
  const folder = dirname(path)
  const listings = new Map<string, Promise<string[]>>()
  const files: string[] = []
  const missing: string[] = []
  for (const components of names) {
    const found = await findFile(folder, components, listings)
    if (found === null) missing.push(components.join('/'))
    else files.push(found)
  }
  return files.length === 0 ? null : { files, missing }
}

async function referencedFiles(path: string): Promise<string[][] | null> {
  try {
    const file = await readDicomFile(path)
    const records = file.elements.find(({ tag }) => tag === recordSequenceTag)?.items ?? []
    return records.flatMap(({ elements }) => {
      const reference = elements.find(({ tag }) => tag === referencedFileTag)
      const text = reference === undefined ? '' : elementText(file.bytes, reference)
      return text === '' ? [] : [text.split('\\').map((component) => component.trim())]
    })
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

async function findFile(
  folder: string,
  components: readonly string[],
  listings: Map<string, Promise<string[]>>,
): Promise<string | null> {
  let path = folder
  for (const component of components) {
    const listing = listings.get(path) ?? readdir(path).catch(() => [])
    listings.set(path, listing)
    const wanted = component.toLowerCase()
    const name = (await listing).find((entry) => entry.toLowerCase().replace(/;1$/, '') === wanted)
    if (name === undefined) return null
    path = join(path, name)
  }
  return path
}
