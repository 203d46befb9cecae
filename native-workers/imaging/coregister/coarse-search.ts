import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  add,
  distance,
  identity3,
  linearPart,
  multiply3,
  multiply4,
  norm,
  scale,
  subtract,
  transformPoint,
  translation4,
  transpose3,
} from '../../geometry/matrix.js'
import { rotationAngleRad, twistAbout } from '../../geometry/rigid.js'
import { toRadians } from '../../geometry/rotations/euler.js'
import { resampleIsotropic } from '../resample/isotropic.js'
import { gridCentreMm, type Volume } from '../volume.js'
import { overlapScore, type OverlapScore } from './overlap-score.js'
import { spacingForCount } from './reduced-volume.js'

/** A place to start from, with its score. */
export interface Candidate {
  readonly movingFromFixed: Matrix4
  readonly score: number
}

const largestRotationDeg = 60
const rotationStepDeg = 20
/** Translations per rotation that are followed uphill. */
const climbedShifts = 4
/** Candidates of the first pass that are refined. */
const refinedCandidates = 12
const firstPass = { voxels: 16 ** 3, points: 1200 }
const secondPass = { voxels: 24 ** 3, points: 6000 }
/** Candidates closer than this are one. */
const distinctDeg = 8
const distinctMm = 20

/**
 * Looks for rigid starts over rotations up to 60 degrees and all translations that leave a fifth of the smaller volume
 * in common: first by nearest voxels of about 16³ with translations found uphill, then refined at about 24³. Best first,
 * distinct, at most `count`. Errors: `cancelled`.
 */
export async function coarseSearch(
  fixed: Volume<Float32Array>,
  moving: Volume<Float32Array>,
  count: number,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Candidate[]> {
  const scorer = (pass: typeof firstPass, sampling: 'nearest' | 'linear'): OverlapScore => {
    const spacingMm = Math.min(
      spacingForCount(fixed.grid, pass.voxels),
      spacingForCount(moving.grid, pass.voxels),
    )
    const small = resampleIsotropic(fixed, spacingMm)
    return overlapScore(small, resampleIsotropic(moving, spacingMm), {
      stride: Math.max(1, Math.round(small.voxels.length / pass.points)),
      sampling,
    })
  }
  const roughScore = scorer(firstPass, 'nearest')
  const fineScore = scorer(secondPass, 'linear')
  const centre = gridCentreMm(fixed.grid)
  const shifts = startingShifts(fixed.grid, moving.grid)
  const found: Candidate[] = []
  const rotations = rotationVectors()
  for (const [index, rotation] of rotations.entries()) {
    const turn = twistAbout(centre, identity3, rotation, [0, 0, 0])
    const best = shifts
      .map((shift) => scored(roughScore, multiply4(translation4(shift), turn)))
      .sort((a, b) => b.score - a.score)
      .slice(0, climbedShifts)
      .map(({ movingFromFixed }) => uphillByTranslation(roughScore, movingFromFixed))
    found.push(...distinctCandidates(best, centre, 2))
    await pause(index, rotations.length)
  }
  const promising = distinctCandidates(found, centre, refinedCandidates)
  const refined: Candidate[] = []
  for (const [index, candidate] of promising.entries()) {
    refined.push(uphill(fineScore, candidate.movingFromFixed, centre))
    await pause(rotations.length + index * 2, rotations.length + promising.length * 2)
  }
  return distinctCandidates(refined, centre, count).filter(({ score }) => score > -1)

  async function pause(done: number, all: number): Promise<void> {
    onFraction(done / all)
    await setImmediate()
    throwIfCancelled(signal)
  }
}

/** Rotation vectors on a cubic lattice within a ball. */
function rotationVectors(): Vector3[] {
  const steps = Math.floor(largestRotationDeg / rotationStepDeg)
  const axis = Array.from({ length: 2 * steps + 1 }, (_, index) => (index - steps) * rotationStepDeg)
  return axis
    .flatMap((x) => axis.flatMap((y) => axis.map((z): Vector3 => [x, y, z])))
    .filter((vector) => norm(vector) <= largestRotationDeg)
    .map((vector) => scale(vector, toRadians(1)))
}

/** Where the frames put the volumes, centre on centre, and a third of the fixed volume's extent beside that. */
function startingShifts(fixed: VolumeGrid, moving: VolumeGrid): Vector3[] {
  const centred = subtract(gridCentreMm(moving), gridCentreMm(fixed))
  const thirds = [-1 / 3, 0, 1 / 3]
  const along = (axis: 0 | 1 | 2, share: number): Vector3 => {
    const lengthMm = share * fixed.size[axis] * fixed.spacingMm[axis]
    return [
      fixed.direction[0][axis] * lengthMm,
      fixed.direction[1][axis] * lengthMm,
      fixed.direction[2][axis] * lengthMm,
    ]
  }
  const lattice = thirds.flatMap((x) =>
    thirds.flatMap((y) =>
      thirds.map((z) =>
        [along(0, x), along(1, y), along(2, z)].reduce((sum, part) => add(sum, part), centred),
      ),
    ),
  )
  return [[0, 0, 0], ...lattice]
}

const scored = (score: OverlapScore, movingFromFixed: Matrix4): Candidate => ({
  movingFromFixed,
  score: score(movingFromFixed),
})

/** Greedy steps along the axes, from `steps[0]` mm down. */
function climb(
  score: OverlapScore,
  start: Matrix4,
  sizes: readonly number[],
  move: (from: Matrix4, axis: number, size: number) => Matrix4,
  axes: number,
): Candidate {
  let best = scored(score, start)
  if (best.score <= -1) return best
  for (const size of sizes) {
    for (let improved = true; improved;) {
      improved = false
      for (let axis = 0; axis < axes; axis++) {
        for (const signed of [size, -size]) {
          const next = scored(score, move(best.movingFromFixed, axis, signed))
          if (next.score <= best.score + 1e-6) continue
          best = next
          improved = true
        }
      }
    }
  }
  return best
}

const unit = (axis: number, size: number): Vector3 => [
  axis === 0 ? size : 0,
  axis === 1 ? size : 0,
  axis === 2 ? size : 0,
]

const uphillByTranslation = (score: OverlapScore, start: Matrix4): Candidate =>
  climb(score, start, [40, 20], (from, axis, size) => multiply4(translation4(unit(axis, size)), from), 3)

/** Rotations turn about the fixed volume's centre; a degree moves a point 60 mm away by about a millimetre. */
const uphill = (score: OverlapScore, start: Matrix4, centre: Vector3): Candidate =>
  climb(
    score,
    start,
    [10, 5, 2.5, 1.25],
    (from, axis, size) =>
      multiply4(
        from,
        axis < 3
          ? twistAbout(centre, identity3, unit(axis, toRadians(size)), [0, 0, 0])
          : translation4(unit(axis - 3, size)),
      ),
    6,
  )

/** The best of every group of close candidates, best first. */
export function distinctCandidates(
  candidates: readonly Candidate[],
  centre: Vector3,
  count: number,
): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === count) break
    if (!kept.some((other) => areClose(candidate.movingFromFixed, other.movingFromFixed, centre))) {
      kept.push(candidate)
    }
  }
  return kept
}

function areClose(a: Matrix4, b: Matrix4, centre: Vector3): boolean {
  const angle = rotationAngleRad(multiply3(transpose3(linearPart(a)), linearPart(b)))
  return (
    angle < toRadians(distinctDeg) &&
    distance(transformPoint(a, centre), transformPoint(b, centre)) < distinctMm
  )
}
