import { type Confidence, type Verdict } from '../../contract/files/registration-result.js'

/**
 * Losses above `lost` were failures and below `safe` good in the recipe's runs (registration recipe §5), for bodies that
 * fill the field. What surrounds a single bone is not in its DRR, so its best loss is higher.
 */
const lossLimits = {
  body: { safe: 0.3, lost: 0.5 },
  isolated: { safe: 0.5, lost: 0.62 },
} as const

const goodErrorMm = 1.2
const failedErrorMm = 8
const antipodeDoubt = 0.1
const fewPixels = 0.15

/** good, check or failed, with every reason that lowers it; the reasons of a good one say what it rests on. */
export function verdictOf(confidence: Confidence, isolated: boolean): Verdict {
  const { safe, lost } = lossLimits[isolated ? 'isolated' : 'body']
  const failures: string[] = []
  const doubts: string[] = []
  const { finalLoss, expectedErrorMm, antipodeMargin, validPixelFraction } = confidence
  if (finalLoss > lost) {
    failures.push(`The DRR does not look like the X-ray (similarity ${(1 - finalLoss).toFixed(2)}).`)
  } else if (finalLoss > safe) {
    doubts.push(`The DRR resembles the X-ray only in part (similarity ${(1 - finalLoss).toFixed(2)}).`)
  }
  if (expectedErrorMm === null) {
    doubts.push('How far the answer can be trusted was not computed.')
  } else if (expectedErrorMm > failedErrorMm) {
    failures.push(`Repeated registrations disagree by about ${expectedErrorMm.toFixed(1)} mm.`)
  } else if (expectedErrorMm > goodErrorMm) {
    doubts.push(`Repeated registrations disagree by about ${expectedErrorMm.toFixed(1)} mm.`)
  }
  if (antipodeMargin !== null && antipodeMargin < 0) {
    failures.push('The view from the opposite side fits better.')
  } else if (antipodeMargin !== null && antipodeMargin < antipodeDoubt) {
    doubts.push(`The view from the opposite side fits almost as well (margin ${antipodeMargin.toFixed(2)}).`)
  }
  if (validPixelFraction < fewPixels) {
    doubts.push(`Only ${(100 * validPixelFraction).toFixed(0)} % of the X-ray’s pixels could be compared.`)
  }
  if (failures.length > 0) return { level: 'failed', reasons: [...failures, ...doubts] }
  if (doubts.length > 0) return { level: 'check', reasons: doubts }
  return { level: 'good', reasons: [goodReason(confidence)] }
}

function goodReason({ finalLoss, expectedErrorMm }: Confidence): string {
  const agreement =
    expectedErrorMm === null ? '' : `, repeated registrations agree within ${expectedErrorMm.toFixed(2)} mm`
  return `The DRR looks like the X-ray (similarity ${(1 - finalLoss).toFixed(2)})${agreement}.`
}
