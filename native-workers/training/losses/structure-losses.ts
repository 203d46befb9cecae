import { type Matrix4 } from '../../contract/matrix.js'
import { derivativesPerPixel } from '../../rendering/cpu/tangent-renderer.js'
import { type Silhouettes } from '../batches/data-batch.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type TwistLoss, throughPixels } from './similarity-loss.js'
import { diceLoss, hausdorffLoss, softSilhouette } from './silhouettes.js'

export type StructureTerm = 'dice' | 'haus'

/** A structure counts where its true silhouette has at least this many pixels' worth. */
const leastPixels = 1

/**
 * Soft Dice and Hausdorff losses, each a mean over the structures that the X-ray shows. Null where it shows none.
 * @param truth of one sample: its `pathsMm` [structures, silhouette height, same]
 */
export function structureLosses(
  renderer: SubjectRenderer,
  subject: number,
  truth: Silhouettes,
  cameraFromVolume: Matrix4,
  terms: readonly StructureTerm[],
): readonly TwistLoss[] | null {
  const all = renderer.subjects[subject].labels?.structures ?? []
  const { width, height } = renderer.silhouettes.imageSize
  const pixels = width * height
  const sums = terms.map(() => ({ value: 0, gradient: new Float64Array(derivativesPerPixel) }))
  let shown = 0
  for (const [n, structure] of truth.structures.entries()) {
    const lengthMm = all[structure].share.grid.spacingMm[0]
    const target = softSilhouette(truth.pathsMm.subarray(n * pixels, (n + 1) * pixels), lengthMm)
    if (target.reduce((sum, value) => sum + value, 0) < leastPixels) continue
    shown++
    const drr = renderer.renderStructureTangents(subject, structure, cameraFromVolume)
    const predicted = softSilhouette(drr.pixels, lengthMm)
    for (const [index, term] of terms.entries()) {
      const { value, slopes } =
        term === 'dice' ? diceLoss(target, predicted) : hausdorffLoss(target, predicted, width, height)
      // d silhouette / d path = (1 - silhouette) / length
      const perPath = slopes.map((slope, pixel) => slope * (1 - predicted[pixel]))
      const gradient = throughPixels(perPath, drr.derivatives, 1 / lengthMm)
      sums[index].value += value
      for (let p = 0; p < gradient.length; p++) sums[index].gradient[p] += gradient[p]
    }
  }
  if (shown === 0) return null
  return sums.map(({ value, gradient }) => ({
    value: value / shown,
    gradient: gradient.map((sum) => sum / shown),
  }))
}
