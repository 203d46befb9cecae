/** Two pictures of the same size, row-major; `moving` is the DRR whose gradient is asked for. */
export interface ImagePair {
  readonly width: number
  readonly height: number
  readonly fixed: ArrayLike<number>
  readonly moving: ArrayLike<number>
  /** 0 where a pixel does not count; all count when absent. */
  readonly valid?: ArrayLike<number>
}

/** A similarity, larger = more alike, and its derivative to every pixel of `moving`. */
export interface Similarity {
  readonly value: number
  readonly gradient: Float64Array
}

export type SimilarityMetric = (pair: ImagePair) => Similarity

/** The weighted sum of metrics. */
export function mixture(parts: readonly { weight: number; metric: SimilarityMetric }[]): SimilarityMetric {
  return (pair) => {
    const gradient = new Float64Array(pair.width * pair.height)
    let value = 0
    for (const { weight, metric } of parts) {
      const part = metric(pair)
      value += weight * part.value
      for (let n = 0; n < gradient.length; n++) gradient[n] += weight * part.gradient[n]
    }
    return { value, gradient }
  }
}
