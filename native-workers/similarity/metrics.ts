import { type MetricName } from '../contract/operations/register.js'
import { gradientCorrelation } from './gradient-correlation.js'
import { mixture, type SimilarityMetric } from './image-pair.js'
import { mutualInformation } from './mutual-information.js'
import { normalizedCrossCorrelation } from './normalized-cross-correlation.js'
import { patchCorrelation } from './patch-correlation.js'

/** xvr's patch sizes in pixels. */
export const xvrPatch = { local: 9, gradient: 11 } as const

const ncc: SimilarityMetric = (pair) => normalizedCrossCorrelation(pair)

/** 0.5 NCC + 0.5 patch NCC. */
export const mncc = (patch: number): SimilarityMetric =>
  mixture([
    { weight: 0.5, metric: ncc },
    { weight: 0.5, metric: (pair) => patchCorrelation(pair, patch) },
  ])

const gncc: SimilarityMetric = (pair) => gradientCorrelation(pair, xvrPatch.gradient)

/** xvr's metrics by name (spec §2.1); gmNCC = 0.5 mNCC + 0.5 gNCC. */
export const similarityMetrics: Readonly<Record<MetricName, SimilarityMetric>> = {
  ncc,
  mncc: mncc(xvrPatch.local),
  gncc,
  gmncc: mixture([
    { weight: 0.5, metric: mncc(xvrPatch.local) },
    { weight: 0.5, metric: gncc },
  ]),
  mi: (pair) => mutualInformation(pair),
}
