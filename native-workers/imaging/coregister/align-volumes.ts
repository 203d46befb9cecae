import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type CoregisterInput, type OverlapSimilarity } from '../../contract/operations/coregister.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  distance,
  identity3,
  identity4,
  invertAffine,
  multiply4,
  transformPoint,
} from '../../geometry/matrix.js'
import { twistAbout } from '../../geometry/rigid.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../volume.js'
import { coarseSearch } from './coarse-search.js'
import { type Elastix, withElastix } from './elastix.js'
import { overlapSimilarity, volumeMm3 } from './overlap-similarity.js'
import { reducedVolume, relevantWindow, spacingForCount } from './reduced-volume.js'

export interface Alignment {
  /** LPS mm. */
  readonly movingFromFixed: Matrix4
  /** Null where the volumes' own coordinates put them apart. */
  readonly before: OverlapSimilarity | null
  readonly after: OverlapSimilarity
  readonly starts: number
  readonly agreeingStarts: number
  readonly spreadMm: number
}

type Method = Pick<CoregisterInput, 'method' | 'search'>
type OnProgress = (fraction: number, message: string) => void

/** The grids on which elastix compares the starts, and on which it finishes. */
const roughVoxels = 80 ** 3
const fineVoxels = 160 ** 3
const roughSettings = { motion: 'rigid', resolutions: 2, iterations: 128, samples: 2048 } as const
const fineSettings = { motion: 'rigid', resolutions: 1, iterations: 256, samples: 4096, seed: 1 } as const

/** The moving volume is the larger one; it gets at most so many times the voxels. */
const largerShare = 4
/** Starts with less than this share of the best score are not followed. */
const promisingShare = 0.75
/** Results with this share of the best mutual information are as good as it. */
const agreeingShare = 0.97

/**
 * The rigid or affine motion between two volumes of one kind that maximises their mutual information: starts by
 * `coarseSearch`, each followed by elastix on a rough grid, the best of them on a finer one. The smaller volume plays
 * elastix' fixed part, so that most of its points have a partner. Errors: `no-overlap`, `values-invalid` (a volume
 * shows nothing), `cancelled`.
 */
export async function alignVolumes(
  fixed: Volume,
  moving: Volume,
  method: Method,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Alignment> {
  if (volumeMm3(moving) >= volumeMm3(fixed)) return align(fixed, moving, method, signal, onProgress)
  const swapped = await align(moving, fixed, method, signal, onProgress)
  return { ...swapped, movingFromFixed: invertAffine(swapped.movingFromFixed) }
}

async function align(
  fixed: Volume,
  moving: Volume,
  { method, search }: Method,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Alignment> {
  onProgress(0, 'Reducing the volumes')
  const levels = reducedPairs(fixed, moving)
  throwIfCancelled(signal)
  const rough = levels(roughVoxels)
  const starts = search
    ? await searchedStarts(rough, signal, (fraction) => onProgress(0.3 * fraction, 'Looking for starts'))
    : givenStarts(rough)
  return withElastix(signal, async (elastix) => {
    const results: Result[] = []
    for (const [index, start] of starts.entries()) {
      onProgress(0.3 + (0.3 * index) / starts.length, `Following start ${index + 1} of ${starts.length}`)
      const result = await followStart(elastix, rough, start, index + 1)
      if (result !== null) results.push(result)
    }
    const best = results.toSorted((a, b) => informationOf(b) - informationOf(a)).at(0)
    if (best === undefined) throw tooLittleOverlap()
    const agreeing = results.filter((result) => informationOf(result) >= agreeingShare * informationOf(best))
    onProgress(0.6, 'Refining')
    const fine = levels(fineVoxels)
    const rigid = await elastix.register(fine.fixed, fine.moving, best.movingFromFixed, fineSettings)
    onProgress(method === 'affine' ? 0.8 : 1, 'Refining')
    const movingFromFixed =
      method === 'rigid'
        ? rigid
        : await elastix.register(fine.fixed, fine.moving, rigid, { ...fineSettings, motion: 'affine' })
    const after = overlapSimilarity(rough.fixed, rough.moving, movingFromFixed)
    if (after === null) throw tooLittleOverlap()
    return {
      movingFromFixed,
      before: overlapSimilarity(rough.fixed, rough.moving, identity4),
      after,
      starts: starts.length,
      agreeingStarts: agreeing.length,
      spreadMm: Math.max(
        ...agreeing.map((result) =>
          cornerDistanceMm(rough.fixed.grid, result.movingFromFixed, best.movingFromFixed),
        ),
      ),
    }
  })
}

interface Pair {
  readonly fixed: Volume<Float32Array>
  readonly moving: Volume<Float32Array>
}

/** Gives both volumes on cubes of one size, of which the fixed one has about `voxelCount`. */
function reducedPairs(fixed: Volume, moving: Volume): (voxelCount: number) => Pair {
  const windows = [relevantWindow(fixed), relevantWindow(moving)] as const
  if (windows.some(([least, greatest]) => !(greatest > least))) {
    throw new UserError(
      'values-invalid',
      'One of the volumes has the same value everywhere, so there is nothing to register.',
      'Check that the right files were chosen.',
    )
  }
  return (voxelCount) => {
    const spacingMm = Math.max(
      spacingForCount(fixed.grid, voxelCount),
      spacingForCount(moving.grid, largerShare * voxelCount),
    )
    return {
      fixed: reducedVolume(fixed, spacingMm, windows[0]),
      moving: reducedVolume(moving, spacingMm, windows[1]),
    }
  }
}

async function searchedStarts(
  { fixed, moving }: Pair,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Matrix4[]> {
  const [best, ...others] = await coarseSearch(fixed, moving, 3, signal, onFraction)
  if (best === undefined) throw tooLittleOverlap()
  const promising = others.filter(({ score }) => score >= promisingShare * best.score)
  const rivals = promising.map(({ movingFromFixed }) => movingFromFixed)
  return withNeighbour([best.movingFromFixed, ...rivals], fixed.grid)
}

const givenStarts = ({ fixed }: Pair): Matrix4[] => withNeighbour([identity4], fixed.grid)

/** The best start gets a neighbour, 4 degrees and 6 mm away: what both find can be trusted more. */
function withNeighbour([best, ...others]: readonly [Matrix4, ...Matrix4[]], grid: VolumeGrid): Matrix4[] {
  const turn = (4 * Math.PI) / 180 / Math.sqrt(3)
  const neighbour = twistAbout(gridCentreMm(grid), identity3, [turn, -turn, turn], [-3.5, 3.5, 3.5])
  return [best, multiply4(best, neighbour), ...others]
}

interface Result {
  readonly movingFromFixed: Matrix4
  readonly similarity: OverlapSimilarity
}

/** Mutual information over little overlap proves little. */
const informationOf = ({ similarity }: Result): number =>
  similarity.mutualInformation * similarity.overlap ** 0.25

/** Null where the start leads out of the overlap. Random points of its own make its result a second opinion. */
async function followStart(
  elastix: Elastix,
  { fixed, moving }: Pair,
  start: Matrix4,
  seed: number,
): Promise<Result | null> {
  try {
    const movingFromFixed = await elastix.register(fixed, moving, start, { ...roughSettings, seed })
    const similarity = overlapSimilarity(fixed, moving, movingFromFixed)
    return similarity === null ? null : { movingFromFixed, similarity }
  } catch (error) {
    if (error instanceof UserError && error.code === 'no-overlap') return null
    throw error
  }
}

/** Root mean square distance between the images of a grid's corners. */
function cornerDistanceMm(grid: VolumeGrid, a: Matrix4, b: Matrix4): number {
  const ends = grid.size.map((count) => [0, count - 1])
  const corners = ends[0].flatMap((i) => ends[1].flatMap((j) => ends[2].map((k): Vector3 => [i, j, k])))
  const lps = lpsFromIndex(grid)
  const squares = corners.map((index) => {
    const point = transformPoint(lps, index)
    return distance(transformPoint(a, point), transformPoint(b, point)) ** 2
  })
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

function tooLittleOverlap(): UserError {
  return new UserError(
    'no-overlap',
    'The volumes overlap too little to be registered.',
    'Check that both show the same part of the body; without --no-search, distant starts are tried too.',
  )
}
