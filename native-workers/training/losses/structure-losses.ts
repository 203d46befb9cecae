import { type Matrix4 } from '../../contract/matrix.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type TwistLoss, throughPixels } from './similarity-loss.js'
import { diceLoss, hausdorffLoss, softSilhouette } from './silhouettes.js'

export interface StructureLosses {
  readonly dice: TwistLoss
  readonly haus: TwistLoss
}

/** A structure counts where its true silhouette has at least this many pixels' worth. */
const leastPixels = 1

/**
 * Soft Dice and Hausdorff losses, each a mean over the structures that the X-ray shows. Null where it shows none.
 * @param targets path lengths in mm [structures, silhouette height, same] at the true pose
 */
export function structureLosses(
  renderer: SubjectRenderer,
  subject: number,
  targets: Float32Array,
  cameraFromVolume: Matrix4,
): StructureLosses | null {
  const structures = renderer.subjects[subject].labels?.structures ?? []
  const { width, height } = renderer.silhouettes.imageSize
  const pixels = width * height
  const sums = { dice: emptyLoss(), haus: emptyLoss() }
  let shown = 0
  for (const [n, { share }] of structures.entries()) {
    const lengthMm = share.grid.spacingMm[0]
    const target = softSilhouette(targets.subarray(n * pixels, (n + 1) * pixels), lengthMm)
    if (target.reduce((sum, value) => sum + value, 0) < leastPixels) continue
    shown++
    const drr = renderer.renderStructureTangents(subject, n, cameraFromVolume)
    const predicted = softSilhouette(drr.pixels, lengthMm)
    const terms = {
      dice: diceLoss(target, predicted),
      haus: hausdorffLoss(target, predicted, width, height),
    }
    for (const name of ['dice', 'haus'] as const) {
      const { value, slopes } = terms[name]
      // d silhouette / d path = (1 - silhouette) / length
      const perPath = slopes.map((slope, pixel) => slope * (1 - predicted[pixel]))
      const gradient = throughPixels(perPath, drr.derivatives, 1 / lengthMm)
      sums[name].value += value
      for (let p = 0; p < gradient.length; p++) sums[name].gradient[p] += gradient[p]
    }
  }
  if (shown === 0) return null
  const mean = ({ value, gradient }: TwistLoss): TwistLoss => ({
    value: value / shown,
    gradient: gradient.map((sum) => sum / shown),
  })
  return { dice: mean(sums.dice), haus: mean(sums.haus) }
}

const emptyLoss = () => ({ value: 0, gradient: new Float64Array(6) })
