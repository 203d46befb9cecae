import { type Vector2 } from '../../contract/matrix.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { dot, subtract } from '../../geometry/matrix.js'
import { type PlacedSlice, type PlacedStack } from './placed-slices.js'

/** 3D Slicer's tolerances for slice distances and direction cosines. */
export const spacingToleranceMm = 1e-2
const orientationTolerance = 1e-6
/** A step this close to a whole multiple of the usual one, in such steps, is a gap. */
const wholeMultipleTolerance = 0.1
/** A drift within the plane below this share of a pixel can't be seen in the volume. */
const harmlessDriftPixels = 0.1

export interface StackFindings {
  /** Median distance of neighbours. */
  readonly stepMm: number
  readonly isEvenlySpaced: boolean
  /** Offset of each slice's first pixel from the first slice's, along columns and rows. */
  readonly driftMm: readonly Vector2[]
  readonly isTilted: boolean
  readonly issues: readonly GeometryIssue[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function place(slice: PlacedSlice, index: number): string {
  return `slice ${index + 1} ("${slice.header.name}", ${slice.distanceMm.toFixed(2)} mm)`
}

/** How many slices are missing in a step: it is then close to a whole multiple of the usual one. */
function missingIn(step: number, stepMm: number): number {
  const multiple = Math.round(step / stepMm)
  return multiple >= 2 && Math.abs(step / stepMm - multiple) <= wholeMultipleTolerance ? multiple - 1 : 0
}

function gapIssues(
  slices: readonly PlacedSlice[],
  steps: readonly number[],
  stepMm: number,
): GeometryIssue[] {
  const gaps = steps.flatMap((step, index) => {
    const missing = missingIn(step, stepMm)
    return missing === 0 ? [] : [{ step, index, missing }]
  })
  if (gaps.length === 0) return []
  const shown = gaps
    .slice(0, 3)
    .map(
      ({ step, index, missing }) =>
        `between ${place(slices[index], index)} and ${place(slices[index + 1], index + 1)} lie ${step.toFixed(3)} mm instead of ${stepMm.toFixed(3)} mm, so ${missing} ${missing === 1 ? 'slice is' : 'slices are'} missing`,
    )
  return [
    {
      code: 'missing-slice',
      severity: 'blocking',
      message: `The stack has ${gaps.length === 1 ? 'a gap' : `${gaps.length} gaps`}: ${shown.join('; ')}${gaps.length > 3 ? '; and more' : ''}.`,
    },
  ]
}

function unequalIssues(
  slices: readonly PlacedSlice[],
  steps: readonly number[],
  stepMm: number,
): GeometryIssue[] {
  const others = steps.filter((step) => missingIn(step, stepMm) === 0)
  const [least, greatest] = [Math.min(...others), Math.max(...others)]
  if (greatest - least <= 2 * spacingToleranceMm) return []
  const odd = steps.findIndex(
    (step) => missingIn(step, stepMm) === 0 && Math.abs(step - stepMm) > spacingToleranceMm,
  )
  return [
    {
      code: 'unequal-spacing',
      severity: 'blocking',
      message: `The slices are not evenly spaced: neighbours lie ${least.toFixed(3)} to ${greatest.toFixed(3)} mm apart, first after ${place(slices[odd], odd)}.`,
    },
  ]
}

function tiltIssues(stack: PlacedStack, driftMm: readonly Vector2[], pixelMm: number): GeometryIssue[] {
  const largest = Math.max(...driftMm.map(([column, row]) => Math.hypot(column, row)))
  const statedDeg = stack.slices[0]?.header.gantryTiltDeg ?? 0
  if (largest <= spacingToleranceMm) {
    return Math.abs(statedDeg) < 0.5
      ? []
      : [
          {
            code: 'gantry-tilt',
            severity: 'note',
            message: `The scanner states a gantry tilt of ${statedDeg.toFixed(1)}°, but the slices lie squarely one above the other; their positions are used.`,
          },
        ]
  }
  const last = stack.slices.at(-1)
  const tiltDeg = (Math.atan2(largest, last?.distanceMm ?? 1) * 180) / Math.PI
  const isHarmless = largest <= harmlessDriftPixels * pixelMm
  return [
    {
      code: 'gantry-tilt',
      severity: isHarmless ? 'note' : 'blocking',
      message: `The slices do not lie squarely one above the other: they drift by ${largest.toFixed(2)} mm over the stack (${tiltDeg.toFixed(1)}°; the gantry was tilted).`,
    },
  ]
}

function orientationIssues(stack: PlacedStack): GeometryIssue[] {
  const reference = [...stack.alongColumns, ...stack.alongRows]
  let largest = 0
  let worst = ''
  for (const { header } of stack.slices) {
    const difference = Math.max(
      ...(header.orientation ?? []).flat().map((value, index) => Math.abs(value - (reference[index] ?? 0))),
      0,
    )
    if (difference > largest) {
      largest = difference
      worst = header.name
    }
  }
  if (largest <= orientationTolerance) return []
  return [
    {
      code: 'oblique',
      severity: 'warning',
      message: `The slices are not exactly parallel: the direction of "${worst}" differs by ${largest.toExponential(1)} from the first slice's, which is used for all.`,
    },
  ]
}

function thicknessIssues(stack: PlacedStack, stepMm: number): GeometryIssue[] {
  const thicknessMm = stack.slices[0]?.header.sliceThicknessMm
  if (thicknessMm === undefined || Math.abs(thicknessMm - stepMm) <= spacingToleranceMm) return []
  return [
    {
      code: 'thickness-differs',
      severity: 'note',
      message: `Slices are ${thicknessMm.toFixed(2)} mm thick and ${stepMm.toFixed(2)} mm apart; the distance between their positions is the spacing.`,
    },
  ]
}

/** Checks the geometry of an ordered stack without duplicates; `pixelMm` is its smaller pixel spacing. */
export function checkStack(stack: PlacedStack, pixelMm: number): StackFindings {
  const { slices } = stack
  const steps = slices.slice(1).map((slice, index) => slice.distanceMm - (slices[index]?.distanceMm ?? 0))
  const stepMm = median(steps)
  const firstPosition = slices[0]?.positionMm ?? [0, 0, 0]
  const driftMm = slices.map(({ positionMm }): Vector2 => {
    const offset = subtract(positionMm, firstPosition)
    return [dot(offset, stack.alongColumns), dot(offset, stack.alongRows)]
  })
  const unevenness = [...gapIssues(slices, steps, stepMm), ...unequalIssues(slices, steps, stepMm)]
  const tilt = tiltIssues(stack, driftMm, pixelMm)
  return {
    stepMm,
    isEvenlySpaced: unevenness.length === 0,
    driftMm,
    isTilted: tilt.some(({ severity }) => severity === 'blocking'),
    issues: [...unevenness, ...tilt, ...orientationIssues(stack), ...thicknessIssues(stack, stepMm)],
  }
}
