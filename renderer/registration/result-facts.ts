import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { duration, fixed } from '../text/format.js'
import { text } from '../text/en.js'

export interface ResultFact {
  readonly name: string
  readonly value: string
}

/** A result's figures in reading order; those that were not computed are left out. */
export function resultFacts(result: SavedRegistrationResult, elapsedMs: number): readonly ResultFact[] {
  const words = text.result
  const { confidence } = result
  const millimetres = (name: string, value: number | null): ResultFact[] =>
    value === null ? [] : [{ name, value: `${fixed(value, 2)} mm` }]
  const similarity = result.views.flatMap(({ similarity: measured }, index) =>
    measured === null
      ? []
      : [
          {
            name: result.views.length === 1 ? words.similarity : `${words.similarity} ${index + 1}`,
            value: `${fixed(measured.initial.gmncc, 3)} → ${fixed(measured.final.gmncc, 3)}`,
          },
        ],
  )
  const time = { name: words.time, value: `${duration(elapsedMs)}, ${words.renders(result.renders)}` }
  if (confidence === null) return [...similarity, time]
  return [
    ...similarity,
    ...millimetres(words.expectedError, confidence.expectedErrorMm),
    ...millimetres(words.inPlane, confidence.inPlaneUncertaintyMm),
    ...millimetres(words.depth, confidence.depthUncertaintyMm),
    ...millimetres(words.jackknife, confidence.jackknifeMm),
    ...millimetres(words.restartSpread, confidence.restartSpreadMm),
    ...(confidence.antipodeMargin === null
      ? []
      : [{ name: words.antipode, value: fixed(confidence.antipodeMargin, 3) }]),
    ...(confidence.weakestDirection === null
      ? []
      : [{ name: words.weakest, value: confidence.weakestDirection }]),
    { name: words.valid, value: `${fixed(confidence.validPixelFraction * 100, 0)} %` },
    time,
  ]
}
