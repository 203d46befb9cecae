import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type AnonymizeDicomInput,
  type AnonymizeDicomOutput,
  type AnonymizeDicomReport,
  anonymizeDicomReportSchema,
} from '../../contract/operations/dicom-tags.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { type DicomDataSet, readDicomDataSet } from '../dicom/data-set.js'
import { filesBelow } from '../files-below.js'
import { runRecorded, type StageOutput } from '../provenance/run-recorded.js'
import { anonymizedFile } from './anonymize-file.js'
import { derivedUid } from './derived-uid.js'
import { type DicomFile, readDicomFile } from './dicom-file.js'

type Skipped = AnonymizeDicomReport['skipped'][number]

/**
 * Writes copies of DICOM pictures without what can identify a person. UIDs are renewed consistently over all files of
 * a call, by a secret that is thrown away. Neither names nor folders of the input are taken over, and the record of
 * what was made from what lies beside the output folder, not in it. Errors: `input-invalid`, `file-unreadable` (no
 * DICOM pictures), `output-exists`, `output-unwritable`, `cancelled`.
 */
export const anonymizeDicom: Operation<AnonymizeDicomInput, AnonymizeDicomOutput> = async (
  input,
  context,
) => {
  const folder = resolve(input.folder)
  for (const path of input.paths) requireOutside(folder, path)
  const files = await filesBelow(input.paths)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'anonymize-dicom',
      settings: { keepDates: input.keepDates, patient: input.patient },
      inputs: files.map((path) => ({ role: 'picture', path })),
      recordPath: join(dirname(folder), `${basename(folder)}.provenance.json`),
      force: input.force,
    },
    anonymizeDicomReportSchema,
    (stage) => anonymizeAll(files, input, stage, context),
    context.signal,
  )
  return { ...report, isUpToDate }
}

function requireOutside(folder: string, path: string): void {
  const way = relative(resolve(path), folder)
  if (way.startsWith('..') || resolve(path, way) !== folder) return
  throw new UserError(
    'input-invalid',
    `The output folder "${basename(folder)}" lies in the folder that is read.`,
    'Choose an output folder elsewhere.',
  )
}

async function anonymizeAll(
  files: readonly string[],
  { folder, keepDates, patient }: AnonymizeDicomInput,
  stage: StageOutput,
  { signal, onProgress }: OperationContext,
): Promise<AnonymizeDicomReport> {
  const secret = randomBytes(16).toString('hex')
  const uids = new Map<string, string>()
  const renewedUid = (uid: string) => {
    const renewed = uids.get(uid) ?? derivedUid(secret, uid)
    uids.set(uid, renewed)
    return renewed
  }
  const names = new OutputNames(folder, patient)
  const warnings = new PictureWarnings()
  const report = { removedElements: 0, emptiedElements: 0, privateElements: 0 }
  const written: AnonymizeDicomReport['files'] = []
  const skipped: Skipped[] = []
  for (const [index, source] of files.entries()) {
    throwIfCancelled(signal)
    onProgress({
      phase: 'anonymize',
      fraction: index / files.length,
      message: `Picture ${index + 1} of ${files.length}`,
      elapsedMs: 0,
      remainingMs: null,
    })
    const picture = await readPicture(source)
    if ('reason' in picture) {
      skipped.push({ source, ...picture })
      continue
    }
    const { dataSet, file } = picture
    const { output, patient: label } = names.of(dataSet)
    const staged = await stage(output)
    const made = anonymizedFile(file, { patient: label, keepDates, renewedUid })
    await writeFile(staged, made.bytes)
    warnings.look(dataSet)
    written.push({ source, output })
    report.removedElements += made.removedElements
    report.emptiedElements += made.emptiedElements
    report.privateElements += made.privateElements
  }
  if (written.length === 0) {
    throw new UserError(
      'file-unreadable',
      `There are no DICOM pictures to anonymise${skipped[0] === undefined ? '' : ` ("${basename(skipped[0].source)}" ${skipped[0].reason})`}.`,
      'Choose DICOM files, or a folder that holds some.',
    )
  }
  return {
    files: written,
    skipped,
    ...report,
    renewedUids: uids.size,
    warnings: [...names.warnings(), ...warnings.sentences()],
  }
}

type Picture =
  | { readonly dataSet: DicomDataSet; readonly file: DicomFile }
  | { readonly reason: string; readonly isDamaged: boolean }

/** A DICOM picture, or why the file is none. */
async function readPicture(path: string): Promise<Picture> {
  try {
    const dataSet = await readDicomDataSet(path)
    return dataSet.pixelData === null
      ? { reason: "holds no picture, and texts can't be cleaned by rules", isDamaged: false }
      : { dataSet, file: await readDicomFile(path) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const isDamaged = error.code !== 'format-unsupported'
    return { reason: isDamaged ? 'is incomplete or damaged' : 'is no DICOM file with a preamble', isDamaged }
  }
}

/** Names for the outputs that tell nothing: series and pictures by number, patients by the label. */
class OutputNames {
  private readonly patients = new Map<string, string>()
  private readonly series = new Map<string, { number: number; pictures: number }>()

  constructor(
    private readonly folder: string,
    private readonly label: string,
  ) {}

  of(dataSet: DicomDataSet): { output: string; patient: string } {
    const person = `${dataSet.text('x00100020') ?? ''}\\${dataSet.text('x00100010') ?? ''}`
    const count = this.patients.size
    const patient =
      this.patients.get(person) ?? (count === 0 ? this.label : `${this.label.slice(0, 58)}-${count + 1}`)
    this.patients.set(person, patient)
    const key = `${person}\\${dataSet.text('x0020000e') ?? ''}`
    const series = this.series.get(key) ?? { number: this.series.size + 1, pictures: 0 }
    series.pictures++
    this.series.set(key, series)
    const digits = (value: number, length: number) => String(value).padStart(length, '0')
    const name = join(`series-${digits(series.number, 3)}`, `picture-${digits(series.pictures, 5)}.dcm`)
    return { output: join(this.folder, name), patient }
  }

  warnings(): string[] {
    if (this.patients.size < 2) return []
    return [
      `The files belong to ${this.patients.size} patients, named ${[...this.patients.values()].join(', ')}.`,
    ]
  }
}

/** What a program can't see: text burned into the pixels (BurnedInAnnotation). */
class PictureWarnings {
  private stated = 0
  private unknown = 0

  look(dataSet: DicomDataSet): void {
    const value = dataSet.text('x00280301')
    if (value === 'YES') this.stated++
    else if (value !== 'NO') this.unknown++
  }

  sentences(): string[] {
    const pictures = (count: number) => (count === 1 ? '1 picture' : `${count} pictures`)
    const known = `Text is burned into the pixels of ${pictures(this.stated)} (BurnedInAnnotation); it is still there.`
    const open = `Whether text is burned into the pixels of ${pictures(this.unknown)} is not stated; look at them before passing them on.`
    return [...(this.stated === 0 ? [] : [known]), ...(this.unknown === 0 ? [] : [open])]
  }
}
