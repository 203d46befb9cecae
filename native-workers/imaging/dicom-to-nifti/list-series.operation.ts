import { dirname, relative } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type DicomSeriesEntry,
  type ListDicomSeriesInput,
  type ListDicomSeriesOutput,
} from '../../contract/operations/dicom-to-nifti.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { readDicomDataSet } from '../dicom/data-set.js'
import { groupSlices, type SeriesGroup } from '../dicom/series-groups.js'
import { type SliceHeader, sliceHeader } from '../dicom/slice-header.js'
import { filesBelow } from '../files-below.js'
import { statInput } from '../input-file.js'
import { directoryFileOf, directoryFiles } from './dicom-directory.js'
import { whyNotAVolume } from '../dicom/not-a-volume.js'
import { seriesName, uniqueNames } from './series-name.js'

interface Candidates {
  readonly root: string
  readonly files: readonly string[]
  readonly missing: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Lists the volume series in a folder and all below it from the headers alone; a DICOMDIR's records name the files
 * where there is one. What is no volume is listed with the reason. Errors: `file-not-found`, `file-unreadable`,
 * `input-invalid` (a file that is no DICOMDIR), `cancelled`.
 */
export const listDicomSeries: Operation<ListDicomSeriesInput, ListDicomSeriesOutput> = async (
  { path },
  context,
) => {
  const { root, files, missing, notes } = await candidates(path)
  const headers: SliceHeader[] = []
  const others = new Map<string, string[]>()
  const damaged: ListDicomSeriesOutput['damaged'] = missing.map((file) => ({
    file,
    reason: 'is named by the DICOMDIR but missing',
  }))
  for (const [index, file] of files.entries()) {
    throwIfCancelled(context.signal)
    if (index % 50 === 0) report(context, index / files.length, files.length)
    const name = relative(root, file)
    const outcome = await headerOf(file, name)
    if (typeof outcome !== 'string') headers.push(outcome)
    else if (outcome === damagedReason) damaged.push({ file: name, reason: outcome })
    else others.set(outcome, [...(others.get(outcome) ?? []), name])
  }
  const groups = inOrder(groupSlices(headers))
  const volumes = groups.filter((group) => whyNotAVolume(group) === null)
  const names = uniqueNames(volumes.map(({ slices }) => seriesName(slices[0])))
  return {
    series: volumes.map((group, index) => entryOf(group, names[index])),
    skipped: [
      ...groups.flatMap((group) => skippedGroup(group)),
      ...[...others].map(([reason, list]) => ({ name: list[0], files: list.length, reason })),
    ],
    damaged,
    notes: [...notes],
  }
}

async function candidates(path: string): Promise<Candidates> {
  const directory = await directoryFileOf(path)
  const isFolder = (await statInput(path)).isDirectory()
  if (directory === null && !isFolder) {
    throw new UserError(
      'input-invalid',
      `"${path}" is neither a folder nor a DICOMDIR.`,
      'Name the folder that holds the series.',
    )
  }
  const root = isFolder ? path : dirname(path)
  const named = directory === null ? null : await directoryFiles(directory)
  if (named !== null) {
    const all = await filesBelow([root])
    const unnamed = all.length - named.files.length - 1
    const notes =
      unnamed > 0
        ? [`${unnamed} other files lie beside those that the DICOMDIR names; they are not read.`]
        : []
    return { root, ...named, notes }
  }
  const files = (await filesBelow([root])).filter((file) => file !== directory)
  const notes =
    directory === null ? [] : ['The DICOMDIR names no file that is there; the folder was searched instead.']
  return { root, files, missing: [], notes }
}

function report({ onProgress }: OperationContext, fraction: number, files: number): void {
  const message = `Reading the headers of ${files} files`
  onProgress({ phase: 'scan', fraction, message, elapsedMs: 0, remainingMs: null })
}

const damagedReason = 'is incomplete or damaged'

/** The header of a DICOM picture, or why the file is none. */
async function headerOf(file: string, name: string): Promise<SliceHeader | string> {
  try {
    return sliceHeader(await readDicomDataSet(file), name) ?? 'DICOM without a picture'
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error.code === 'file-truncated') return damagedReason
    return 'no DICOM file with a preamble'
  }
}

function inOrder(groups: readonly SeriesGroup[]): SeriesGroup[] {
  const number = ({ slices }: SeriesGroup) => slices[0]?.seriesNumber ?? Infinity
  return [...groups].sort((a, b) => number(a) - number(b) || (a.id < b.id ? -1 : 1))
}

function entryOf({ id, description, slices }: SeriesGroup, name: string): DicomSeriesEntry {
  const [{ modality, columns, rows }] = slices
  const files = slices.map(({ dataSet }) => dataSet.path)
  return { name, seriesUid: id, description, modality, slices: slices.length, columns, rows, files }
}

function skippedGroup(group: SeriesGroup): ListDicomSeriesOutput['skipped'] {
  const reason = whyNotAVolume(group)
  const [first] = group.slices
  return reason === null || first === undefined
    ? []
    : [{ name: first.name, files: group.slices.length, reason }]
}
