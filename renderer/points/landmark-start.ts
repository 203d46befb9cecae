import type { ImagePointsFile, PointsFile } from '../../native-workers/contract/files/points.js'
import { text } from '../text/en.js'
import { volumeFile, xrayFile, type PointPair } from './point-pairs.js'

/** As many pairs one X-ray needs alone; X-rays that see the same points need fewer. */
const pairsForOneXray = 4
const pairsForTwoXrays = 3

export interface LandmarkFiles {
  readonly points3d: PointsFile
  /** In the order of the X-rays. */
  readonly points2d: readonly ImagePointsFile[]
}

/** The pairs as a registration, or the pose from points, takes them. */
export function landmarkFiles(pairs: readonly PointPair[], xrayIds: readonly number[]): LandmarkFiles {
  return { points3d: volumeFile(pairs), points2d: xrayIds.map((id) => xrayFile(pairs, id)) }
}

/** What the pairs lack for a pose, in words; null when they may do. */
export function missingForPose(pairs: readonly PointPair[], xrayIds: readonly number[]): string | null {
  const words = text.points.missing
  const inVolume = pairs.filter(({ positionMm }) => positionMm !== null)
  const counts = xrayIds.map((id) => inVolume.filter(({ pixels }) => pixels.has(id)).length)
  const best = Math.max(0, ...counts)
  const seenTwice = inVolume.filter(({ pixels }) => xrayIds.filter((id) => pixels.has(id)).length >= 2).length
  if (best >= pairsForOneXray || seenTwice >= pairsForTwoXrays) return null
  const lackPixel = inVolume.filter(({ pixels }) => !xrayIds.some((id) => pixels.has(id)))
  const lackPosition = pairs.filter(({ positionMm, pixels }) => positionMm === null && pixels.size > 0)
  return [
    words.pairs(pairsForOneXray, best),
    ...(lackPixel.length === 0 ? [] : [words.inXray(lackPixel.map(({ name }) => name).join(', '))]),
    ...(lackPosition.length === 0 ? [] : [words.inVolume(lackPosition.map(({ name }) => name).join(', '))]),
  ].join(' ')
}
