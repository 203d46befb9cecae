import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { cross, dot, normalized, scale, subtract } from '../../geometry/matrix.js'
import { type SliceHeader } from './slice-header.js'

export interface PlacedSlice {
  readonly header: SliceHeader
  readonly positionMm: Vector3
  /** Distance from the first slice along the stack's normal. */
  readonly distanceMm: number
}

/** Slices in the order of their position along the normal, which is columns x rows (DICOM PS3.3 C.7.6.2.1.1). */
export interface PlacedStack {
  readonly slices: readonly PlacedSlice[]
  readonly alongColumns: Vector3
  readonly alongRows: Vector3
  readonly normal: Vector3
  readonly issues: readonly GeometryIssue[]
}

const numericOrder = new Intl.Collator('en', { numeric: true })

const axial: readonly [Vector3, Vector3] = [
  [1, 0, 0],
  [0, 1, 0],
]

function names(slices: readonly SliceHeader[]): string {
  const shown = slices.slice(0, 3).map(({ name }) => `"${name}"`)
  return slices.length > 3 ? `${shown.join(', ')} and ${slices.length - 3} more` : shown.join(', ')
}

/** Positions by slice number, for a stack that states none: an assumption that a person has to accept. */
function assumedPositions(slices: readonly SliceHeader[]): { header: SliceHeader; positionMm: Vector3 }[] {
  const stepMm = slices[0]?.spacingBetweenSlicesMm ?? slices[0]?.sliceThicknessMm
  if (stepMm === undefined || !(stepMm > 0)) {
    throw new UserError(
      'geometry-missing',
      'The slices state neither their positions (ImagePositionPatient) nor their distance or thickness.',
      'Export the series again with its geometry.',
    )
  }
  const [alongColumns, alongRows] = slices[0]?.orientation ?? axial
  const normal = normalized(cross(alongColumns, alongRows))
  const ordered = slices.every(({ instanceNumber }) => instanceNumber !== undefined)
    ? [...slices].sort((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0))
    : slices
  return ordered.map((header, index) => ({
    header,
    positionMm: scale(normal, index * stepMm),
  }))
}

function positions(slices: readonly SliceHeader[]): {
  placed: { header: SliceHeader; positionMm: Vector3 }[]
  issues: GeometryIssue[]
} {
  const placed = slices.flatMap((header) =>
    header.positionMm === undefined || header.orientation === undefined
      ? []
      : [{ header, positionMm: header.positionMm }],
  )
  const without = slices.filter((slice) => slice.positionMm === undefined || slice.orientation === undefined)
  if (without.length === 0) return { placed, issues: [] }
  if (placed.length === 0) {
    const assumed = assumedPositions(slices)
    const stepMm = dot(assumed[1]?.positionMm ?? [0, 0, 0], assumed[1]?.positionMm ?? [0, 0, 0]) ** 0.5
    return {
      placed: assumed,
      issues: [
        {
          code: 'missing-position',
          severity: 'blocking',
          message: `No slice states its position and orientation in the patient. Assumed when accepted: order by slice number, ${stepMm.toFixed(3)} mm apart, first slice at the origin.`,
        },
      ],
    }
  }
  return {
    placed,
    issues: [
      {
        code: 'missing-position',
        severity: 'blocking',
        message: `${without.length} of ${slices.length} slices state no position or orientation: ${names(without)}. They are left out when accepted.`,
      },
    ],
  }
}

/** Whether neither slice numbers nor names rise or fall steadily with the position. */
function orderIssues(slices: readonly PlacedSlice[]): GeometryIssue[] {
  const isMonotone = (compare: (a: SliceHeader, b: SliceHeader) => number) => {
    const signs = slices
      .slice(1)
      .map((slice, index) => Math.sign(compare(slices[index]?.header ?? slice.header, slice.header)))
    return signs.every((sign) => sign <= 0) || signs.every((sign) => sign >= 0)
  }
  if (isMonotone((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0))) return []
  if (isMonotone((a, b) => numericOrder.compare(a.name, b.name))) return []
  return [
    {
      code: 'unsorted-files',
      severity: 'note',
      message:
        'Neither file names nor slice numbers follow the order in space; the slices are sorted by position.',
    },
  ]
}

/**
 * Puts the slices of one stack in the order in which they lie in space. Errors: `geometry-missing` when nothing says
 * where they are.
 */
export function placeSlices(slices: readonly SliceHeader[]): PlacedStack {
  const { placed, issues } = positions(slices)
  const [alongColumns, alongRows] = placed[0]?.header.orientation ?? axial
  const normal = normalized(cross(alongColumns, alongRows))
  const along = placed
    .map(({ header, positionMm }) => ({ header, positionMm, distanceMm: dot(positionMm, normal) }))
    .sort(
      (a, b) =>
        a.distanceMm - b.distanceMm || (a.header.instanceNumber ?? 0) - (b.header.instanceNumber ?? 0),
    )
  const first = along[0]?.positionMm ?? [0, 0, 0]
  const ordered = along.map((slice) => ({
    ...slice,
    distanceMm: dot(subtract(slice.positionMm, first), normal),
  }))
  return {
    slices: ordered,
    alongColumns: normalized(alongColumns),
    alongRows: normalized(alongRows),
    normal,
    issues: [...issues, ...orderIssues(ordered)],
  }
}
