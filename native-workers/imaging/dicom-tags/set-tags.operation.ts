import { createHash } from 'node:crypto'
import { realpath, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type SetDicomTagsInput,
  type SetDicomTagsOutput,
  type SetDicomTagsReport,
  setDicomTagsReportSchema,
} from '../../contract/operations/dicom-tags.js'
import { type Operation } from '../../contract/progress.js'
import { version } from '../../contract/version.js'
import { readDicomDataSet } from '../dicom/data-set.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { requireProjection } from '../xray/dicom-xray.js'
import { appendItem } from './append-item.js'
import { contributingEquipmentTag, equipmentItem, sourceImageItem, sourceImageTag } from './change-note.js'
import { derivedUid } from './derived-uid.js'
import { dictionaryEntry } from './dictionary.js'
import { type DicomFile, readDicomFile, storedBytes } from './dicom-file.js'
import { elementText } from './element-values.js'
import { encodeElement, type NewElement } from './encode-element.js'
import { renewedMeta } from './file-meta.js'
import { spliceElements } from './splice.js'
import { xrayEdits } from './xray-edits.js'

/**
 * Writes a copy of an X-ray with corrected geometry tags. Every other element, the pixel data and the transfer syntax
 * stay byte for byte. The copy gets a SOPInstanceUID of its own, names its source (SourceImageSequence) and says what
 * was changed (ContributingEquipmentSequence). Errors: `input-invalid`, `format-unsupported`, `output-exists`,
 * `output-unwritable`, those of the reader.
 */
export const setDicomTags: Operation<SetDicomTagsInput, SetDicomTagsOutput> = async (input, context) => {
  const { path, output, tags, force } = input
  if (Object.values(tags).every((value) => value === undefined)) {
    throw new UserError(
      'input-invalid',
      'No tag to set is given.',
      'Give --sdd, --sod, --pixel-spacing, --primary-angle, --secondary-angle or --photometric.',
    )
  }
  await requireOtherFile(path, output)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'set-dicom-tags',
      settings: { tags },
      inputs: [{ role: 'xray', path }],
      recordPath: `${output}.provenance.json`,
      force,
    },
    setDicomTagsReportSchema,
    async (stage) => {
      const staged = await stage(output)
      context.onProgress({
        phase: 'dicom-tags',
        fraction: 0,
        message: `Setting tags of ${basename(path)}`,
        elapsedMs: 0,
        remainingMs: null,
      })
      const dataSet = await readDicomDataSet(path)
      requireProjection(dataSet)
      const { elements, warnings } = xrayEdits(dataSet, basename(path), tags)
      const file = await readDicomFile(path)
      throwIfCancelled(context.signal)
      const { bytes, ...made } = corrected(file, elements)
      await writeFile(staged, bytes)
      return { ...made, output, warnings: [...warnings] }
    },
    context.signal,
  )
  return { ...report, output, isUpToDate }
}

async function requireOtherFile(path: string, output: string): Promise<void> {
  const real = (file: string) => realpath(file).catch(() => resolve(file))
  if ((await real(path)) !== (await real(output))) return
  throw new UserError(
    'input-invalid',
    `"${basename(output)}" is the file that is read; it is never written over.`,
    'Choose another name with --out.',
  )
}

type Corrected = Omit<SetDicomTagsReport, 'output' | 'warnings'> & { readonly bytes: Buffer }

/** The file with `elements` in place of its own, as bytes; see `setDicomTags`. */
export function corrected(
  file: DicomFile,
  elements: readonly (NewElement & { readonly value: string })[],
): Corrected {
  const textOf = (tag: string) => {
    const element = file.elements.find((candidate) => candidate.tag === tag)
    return element === undefined ? '' : elementText(file.bytes, element)
  }
  const changes = elements
    .map(({ tag, value }) => ({
      keyword: dictionaryEntry(tag)?.keyword ?? tag,
      before: textOf(tag),
      after: value,
    }))
    .filter(({ before, after }) => before !== after)
  const previousSopInstanceUid = textOf('x00080018')
  const content = createHash('sha256').update(file.bytes).digest('hex')
  const sopInstanceUid = derivedUid('set-dicom-tags', version, content, JSON.stringify(elements))
  const note = equipmentItem('modifying', description(changes, previousSopInstanceUid))
  const source = sourceImageItem(textOf('x00080016'), previousSopInstanceUid)
  const sequences = [
    ...(previousSopInstanceUid === ''
      ? []
      : [{ tag: sourceImageTag, ...appendItem(file, sourceImageTag, source) }]),
    { tag: contributingEquipmentTag, ...appendItem(file, contributingEquipmentTag, note) },
  ]
  const wanted = [{ tag: 'x00080018', vr: 'UI', value: sopInstanceUid }, ...elements]
  const present = new Set(file.elements.map(({ tag }) => tag))
  const additions = [
    ...wanted.filter(({ tag }) => !present.has(tag)),
    ...sequences.flatMap(({ addition }) => (addition === undefined ? [] : [addition])),
  ]
  const dataSet = spliceElements(
    file.bytes,
    file.elements,
    file.encoding,
    ({ tag, vr }) => {
      const element = wanted.find((candidate) => candidate.tag === tag)
      if (element !== undefined) return encodeElement({ ...element, vr: vr ?? element.vr }, file.encoding)
      return sequences.find((sequence) => sequence.tag === tag)?.replacement ?? 'keep'
    },
    additions,
  )
  const padding = file.bytes.subarray(file.elementsEnd)
  const bytes = storedBytes(file, renewedMeta(file, sopInstanceUid), Buffer.concat([dataSet, padding]))
  return {
    bytes,
    changes,
    sopInstanceUid,
    previousSopInstanceUid,
  }
}

function description(changes: SetDicomTagsReport['changes'], previousUid: string): string {
  const words = changes.map(
    ({ keyword, before, after }) => `${keyword} ${before === '' ? 'added' : `${before} changed to`} ${after}`,
  )
  const said = words.length === 0 ? 'No value changed' : words.join('; ')
  const source = previousUid === '' ? 'not stated' : previousUid
  // A backslash would split the value, and letters beyond ASCII depend on the file's character set.
  const text = `${said}. Pixel data unchanged. Source SOP instance ${source}.`
  return text.replaceAll('\\', '/').replace(/[^\x20-\x7e]/g, '?')
}
