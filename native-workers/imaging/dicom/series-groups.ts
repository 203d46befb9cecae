import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type GeometryIssue, type VolumeSummary } from '../../contract/operations/volume.js'
import { type FolderScan } from './folder-scan.js'
import { type SliceHeader } from './slice-header.js'

/** Slices that can form one volume: one series, one size, one kind, parallel planes. */
export interface SeriesGroup {
  /** SeriesInstanceUID; with "#2", "#3" ... where one series holds several stacks. */
  readonly id: string
  readonly description: string
  readonly slices: readonly SliceHeader[]
}

/** Direction cosines of one stack agree at least this well; Slicer's finer tolerance is applied afterwards. */
const parallelTolerance = 1e-3

function areParallel(a: SliceHeader, b: SliceHeader): boolean {
  if (a.orientation === undefined || b.orientation === undefined) return a.orientation === b.orientation
  const left = a.orientation.flat()
  return b.orientation
    .flat()
    .every((value, index) => Math.abs(value - (left[index] ?? NaN)) <= parallelTolerance)
}

function belongTogether(a: SliceHeader, b: SliceHeader): boolean {
  return (
    a.seriesUid === b.seriesUid &&
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.kind === b.kind &&
    areParallel(a, b)
  )
}

/** Sorts slices into stacks, the largest first. */
export function groupSlices(slices: readonly SliceHeader[]): SeriesGroup[] {
  const stacks: SliceHeader[][] = []
  for (const slice of slices) {
    const stack = stacks.find(([first]) => first !== undefined && belongTogether(first, slice))
    if (stack === undefined) stacks.push([slice])
    else stack.push(slice)
  }
  stacks.sort((a, b) => b.length - a.length)
  const countOfUid = new Map<string, number>()
  return stacks.map((stack) => {
    const uid = stack[0]?.seriesUid ?? ''
    const count = (countOfUid.get(uid) ?? 0) + 1
    countOfUid.set(uid, count)
    return {
      id: count === 1 ? uid : `${uid}#${count}`,
      description: [stack[0]?.modality, stack[0]?.seriesDescription].filter(Boolean).join(' '),
      slices: stack,
    }
  })
}

/** The list of stacks for a person to choose from. */
export function seriesList(groups: readonly SeriesGroup[]): VolumeSummary['series'] {
  return groups.map(({ id, description, slices }) => ({ uid: id, description, slices: slices.length }))
}

/** One or two pictures beside a stack at least ten times as large are scout views. */
function isScoutBeside(group: SeriesGroup, largest: SeriesGroup): boolean {
  return group.slices.length <= 3 && group.slices.length * 10 <= largest.slices.length
}

function asText({ id, description, slices }: SeriesGroup): string {
  return `${slices.length} ${slices.length === 1 ? 'slice' : 'slices'} "${description}" (${id})`
}

function leftOut(chosen: SeriesGroup, others: readonly SeriesGroup[]): GeometryIssue[] {
  if (others.length === 0) return []
  return [
    {
      code: 'mixed-series',
      severity: 'note',
      message: `The folder also holds ${others.map(asText).join(', ')}; ${chosen.slices.length} slices "${chosen.description}" are used.`,
    },
  ]
}

/**
 * The stack to read: the one asked for, or the only one (scout views left out and said so). Errors: `input-invalid`
 * when several remain or the one asked for is not there, `file-unreadable` when the folder holds no DICOM pictures.
 */
export function chooseGroup(
  folder: string,
  { skipped }: FolderScan,
  groups: readonly SeriesGroup[],
  seriesUid: string | undefined,
): { group: SeriesGroup; issues: GeometryIssue[] } {
  const [largest] = groups
  if (largest === undefined) {
    throw new UserError(
      'file-unreadable',
      `The folder "${basename(folder)}" holds no DICOM pictures${skipped[0] === undefined ? '' : ` ("${skipped[0].name}" ${skipped[0].reason})`}.`,
      'Choose the folder that holds the slices themselves.',
    )
  }
  if (seriesUid !== undefined) {
    const group = groups.find(({ id }) => id === seriesUid)
    if (group !== undefined)
      return {
        group,
        issues: leftOut(
          group,
          groups.filter((other) => other !== group),
        ),
      }
    throw new UserError(
      'input-invalid',
      `The folder "${basename(folder)}" holds no series ${seriesUid}.`,
      `It holds ${groups.map(asText).join(', ')}.`,
    )
  }
  const others = groups.slice(1)
  if (others.every((group) => isScoutBeside(group, largest))) {
    return { group: largest, issues: leftOut(largest, others) }
  }
  throw new UserError(
    'input-invalid',
    `The folder "${basename(folder)}" holds ${groups.length} series; which one is the volume has to be said.`,
    `Choose one of ${groups.map(asText).join(', ')}.`,
  )
}
