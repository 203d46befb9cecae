import { type Matrix4 } from '../contract/matrix.js'
import { shadowRectangle } from './region-of-interest.js'
import { type RegistrationScene } from './registration-scene.js'

/**
 * The stages' edges (root of the area, pixels) for divisors of the first X-ray's height before its crop, as xvr counts
 * its scales (spec §4.4). Of an isolated object the edge is that of its shadow at the start.
 * @param croppedRows rows that the crop took away in all
 */
export function scaledEdges(
  { views: [{ camera, picture }], content }: Pick<RegistrationScene, 'views' | 'content'>,
  start: Matrix4,
  scales: readonly number[],
  croppedRows: number,
): number[] {
  const { width, height } = content === null ? picture : shadowRectangle(camera, start, content, 0)
  // A divisor of the original height h becomes s (h - cropped) / h of the picture that is left.
  const kept = picture.height / (picture.height + croppedRows)
  return scales.map((scale) => Math.sqrt(width * height) / (scale * kept))
}
