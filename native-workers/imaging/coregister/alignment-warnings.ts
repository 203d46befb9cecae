import { type Alignment } from './align-volumes.js'

/** Results of good starts farther apart than this are different answers. */
const largestSpreadMm = 2
/** Less than this share of the smaller volume in common says little about the rest. */
const leastOverlap = 0.3
/** Below this the parts in common do not look like one anatomy. */
const leastCorrelation = 0.5

/** Why a co-registration can't be trusted, in words; empty for one that converged. */
export function alignmentWarnings({ before, after, starts, agreeingStarts, spreadMm }: Alignment): string[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const warnings: string[] = []
  if (before !== null && !(after.mutualInformation > before.mutualInformation) && !isSame(before, after)) {
    warnings.push(
      `The registration did not converge: the mutual information fell from ${before.mutualInformation.toFixed(3)} to ${after.mutualInformation.toFixed(3)}.`,
    )
  }
  if (spreadMm > largestSpreadMm) {
    warnings.push(
      `The registration is ambiguous: ${agreeingStarts} of ${starts} starts fit equally well but end ${spreadMm.toFixed(1)} mm apart.`,
    )
  }
  if (agreeingStarts < 2) {
    warnings.push(
      `Only one of ${starts} starts led to this result; the others ended elsewhere and fit worse.`,
    )
  }
  if (after.overlap < leastOverlap) {
    warnings.push(`Only ${percent(after.overlap)} of the smaller volume overlap the other.`)
  }
  if (after.correlation < leastCorrelation) {
    warnings.push(
      `The registered volumes resemble each other little (correlation ${after.correlation.toFixed(2)}); check the result by eye.`,
    )
  }
  return warnings
}

/** Volumes that lay on each other to begin with can't get better. */
function isSame(before: NonNullable<Alignment['before']>, after: Alignment['after']): boolean {
  return after.mutualInformation > 0.95 * before.mutualInformation && before.overlap > 0.9
}
