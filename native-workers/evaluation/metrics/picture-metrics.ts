import { type PictureMetrics } from '../../contract/operations/evaluate-registration.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type ImagePair } from '../../similarity/image-pair.js'
import { similarityMetrics } from '../../similarity/metrics.js'
import { correlationPeak } from './correlation-surface.js'
import { edgeDistance } from './edges/edge-distance.js'
import { meanSquaredError } from './mean-squared-error.js'
import { normalizedMutualInformation } from './normalized-mutual-information.js'
import { pearsonCorrelation } from './pearson-correlation.js'
import { structuralSimilarity } from './structural-similarity.js'

/**
 * How alike an X-ray (`fixed`) and a DRR (`moving`) of grey levels 0..255 are; over the pixels that count where the pair
 * has a mask. Each figure is null where it is not defined, as for a constant picture.
 * @param pitchMm [column, row] of these pictures on the detector, for the edges' distance in mm
 */
export async function pictureMetrics(
  levels: ImagePair,
  pitchMm: Vector2 | undefined,
): Promise<PictureMetrics> {
  const unit = (values: ArrayLike<number>) => Float64Array.from(values, (value) => value / 255)
  const shares = { ...levels, fixed: unit(levels.fixed), moving: unit(levels.moving) }
  const peak = await correlationPeak(levels)
  const edges = edgeDistance(shares, pitchMm)
  return {
    meanSquaredError: meanSquaredError(levels),
    structuralSimilarity: structuralSimilarity(levels),
    normalizedMutualInformation: normalizedMutualInformation(levels),
    correlationMaximum: peak?.value ?? null,
    correlationShiftPixels: peak?.shiftPixels ?? null,
    correlation: pearsonCorrelation(levels),
    gradientCorrelation: similarityMetrics.gncc(shares).value,
    edgeDistancePixels: edges?.pixels ?? null,
    edgeDistanceMm: edges?.detectorMm ?? null,
  }
}
