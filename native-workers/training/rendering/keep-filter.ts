import { type Matrix4 } from '../../contract/matrix.js'
import { type TrainingSampling } from '../../contract/training/configuration.js'
import { waterAttenuation } from '../../rendering/attenuation-parts.js'
import { type SubjectRenderer } from './subject-renderer.js'

/** Less than this much water is nothing: a CT's air is not quite 0. */
const emptyWaterMm = 5
/** Path through a structure that makes a silhouette, as a share of its voxels' edge. */
const silhouetteShare = 0.5

/**
 * Whether each sample shows enough to learn from (specification §3.3): with labels, more than `maskThreshold` of the
 * pixels lie in a silhouette; without, more than `imageThreshold` are lit.
 * @param pictures of the same poses
 */
export function keptSamples(
  renderer: SubjectRenderer,
  subject: number,
  boneMultiplier: number,
  poses: readonly Matrix4[],
  pictures: readonly Float32Array[],
  { imageThreshold, maskThreshold }: Pick<TrainingSampling, 'imageThreshold' | 'maskThreshold'>,
): boolean[] {
  const { parts, labels } = renderer.subjects[subject]
  const silhouettes = renderer.renderUnion(subject, poses)
  if (silhouettes !== null && labels !== null) {
    const pathMm = silhouetteShare * labels.union.grid.spacingMm[0]
    return silhouettes.map((silhouette) => shareAbove(silhouette, pathMm) > maskThreshold)
  }
  const level = emptyWaterMm * waterAttenuation(parts, boneMultiplier)
  return pictures.map((picture) => shareAbove(picture, level) > imageThreshold)
}

/** Share of the values above a level. */
function shareAbove(values: Float32Array, level: number): number {
  let above = 0
  for (let n = 0; n < values.length; n++) if (values[n] > level) above++
  return above / values.length
}
