import { basename } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type ShowDicomInput, type ShowDicomOutput } from '../../contract/operations/dicom-tags.js'
import { type Operation } from '../../contract/progress.js'
import { readDicomDataSet } from '../dicom/data-set.js'
import { tagOf, tagText } from './dictionary.js'
import { readDicomFile } from './dicom-file.js'
import { elementList } from './element-list.js'
import { tagFacts } from './tag-facts.js'

function wantedTag(text: string): string {
  const tag = tagOf(text)
  if (tag !== undefined) return tagText(tag)
  throw new UserError(
    'input-invalid',
    `"${text}" is no DICOM keyword and no tag.`,
    'Write a keyword such as DistanceSourceToDetector, or a tag such as 0018,1110.',
  )
}

/**
 * Tells what a DICOM file's tags say: the geometry in words, and on request all elements or some. Pixels are not
 * decoded. Errors: `input-invalid` (no such tag), `file-not-found`, `file-unreadable`, `file-truncated`,
 * `format-unsupported`.
 */
export const showDicom: Operation<ShowDicomInput, ShowDicomOutput> = async (input, { signal }) => {
  throwIfCancelled(signal)
  const { path, all, tags } = input
  const wanted = new Set(tags.map(wantedTag))
  const dataSet = await readDicomDataSet(path)
  const elements = all || wanted.size > 0 ? elementList(await readDicomFile(path)) : []
  return {
    title: `${basename(path)}: DICOM file`,
    ...tagFacts(dataSet),
    elements: wanted.size === 0 ? elements : elements.filter(({ tag }) => wanted.has(tag)),
  }
}
