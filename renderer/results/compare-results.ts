import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import {
  degrees,
  inverseRigid,
  length,
  multiply4,
  rotationOf,
  subtract,
  transformPoint,
} from '../geometry/math.js'
import { requestOf } from './result-request.js'

/** Two views, one of each result, that show the same X-ray; counted from 0. */
export interface SharedView {
  readonly first: number
  readonly second: number
}

/** How far two poses of one CT lie apart. */
export interface PoseDifference {
  readonly rotationDeg: number
  /** Length of the shift of the isocentre. */
  readonly shiftMm: number
  /** That shift along the columns, along the rows and along the view of the shared X-ray. */
  readonly shiftInCameraMm: Vector3
  /** Mean distance of the points. */
  readonly mTreMm: number
}

export type ResultComparison =
  | { readonly kind: 'other-volume' }
  /** The two worlds have no X-ray in common, so that their poses say nothing of one another. */
  | { readonly kind: 'no-shared-xray' }
  | { readonly kind: 'compared'; readonly view: SharedView; readonly difference: PoseDifference }

/** Half side of the cube whose points stand in for landmarks, mm. */
export const cubeHalfSideMm = 50

/** Centre, corners, edge and face middles of a cube about the isocentre: for want of landmarks. */
export function cubePoints(centreMm: Vector3): readonly Vector3[] {
  const steps = [-cubeHalfSideMm, 0, cubeHalfSideMm]
  return steps.flatMap((x) =>
    steps.flatMap((y) => steps.map((z): Vector3 => [centreMm[0] + x, centreMm[1] + y, centreMm[2] + z])),
  )
}

function volumeHash({ inputs }: SavedRegistrationResult): string | null {
  return inputs.find(({ role }) => role === 'volume')?.sha256 ?? null
}

/** By content where both results recorded it, else by path. */
function showsSameVolume(a: SavedRegistrationResult, b: SavedRegistrationResult): boolean {
  const [hashA, hashB] = [volumeHash(a), volumeHash(b)]
  if (hashA !== null && hashB !== null) return hashA === hashB
  const [pathA, pathB] = [requestOf(a)?.volume.path, requestOf(b)?.volume.path]
  return pathA !== undefined && pathA === pathB
}

/** What tells X-rays apart, in the order of the views. */
function xrayNames(result: SavedRegistrationResult): readonly string[] {
  const paths = requestOf(result)?.views.map(({ xray }) => xray.path)
  return result.views.map(
    ({ xray }, index) =>
      result.inputs.find(({ role }) => role === `xray ${index + 1}`)?.sha256 ?? paths?.[index] ?? xray,
  )
}

/** The first X-ray that both results were made with; null where there is none. */
export function sharedView(a: SavedRegistrationResult, b: SavedRegistrationResult): SharedView | null {
  const namesOfB = xrayNames(b)
  for (const [first, name] of xrayNames(a).entries()) {
    const second = namesOfB.indexOf(name)
    if (second >= 0) return { first, second }
  }
  return null
}

/** Poses `cameraFromVolume` of one camera; `isocentreMm` and points in the volume's LPS mm. */
export function poseDifference(
  a: Matrix4,
  b: Matrix4,
  isocentreMm: Vector3,
  pointsMm: readonly Vector3[],
): PoseDifference {
  const shiftInCameraMm = subtract(transformPoint(b, isocentreMm), transformPoint(a, isocentreMm))
  const distances = pointsMm.map((point) =>
    length(subtract(transformPoint(b, point), transformPoint(a, point))),
  )
  return {
    rotationDeg: degrees(rotationAngle(multiply4(b, inverseRigid(a)))),
    shiftMm: length(shiftInCameraMm),
    shiftInCameraMm,
    mTreMm: distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length),
  }
}

/** The angle by sine and cosine together: the cosine alone is blind below 1e-8. */
function rotationAngle(motion: Matrix4): number {
  const m = rotationOf(motion)
  const sine = length([m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]]) / 2
  return Math.atan2(sine, (m[0][0] + m[1][1] + m[2][2] - 1) / 2)
}

/**
 * Two results side by side, through an X-ray that both saw: worlds of other cameras need not be the same.
 * `landmarksMm` in the volume's LPS mm; a cube about the isocentre stands in for them where there are none.
 */
export function compareResults(
  a: SavedRegistrationResult,
  b: SavedRegistrationResult,
  landmarksMm: readonly Vector3[],
): ResultComparison {
  if (!showsSameVolume(a, b)) return { kind: 'other-volume' }
  const view = sharedView(a, b)
  const [viewA, viewB] = [a.views[view?.first ?? -1], b.views[view?.second ?? -1]]
  if (view === null || viewA === undefined || viewB === undefined) return { kind: 'no-shared-xray' }
  const points = landmarksMm.length > 0 ? landmarksMm : cubePoints(a.isocentreMm)
  const difference = poseDifference(viewA.cameraFromVolume, viewB.cameraFromVolume, a.isocentreMm, points)
  return { kind: 'compared', view, difference }
}
