import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { fileName, fixed } from '../text/format.js'
import { text } from '../text/en.js'
import { cubeHalfSideMm, type ResultComparison } from './compare-results.js'
import { resultSummary } from './result-summary.js'
import type { ResultEntry } from './result-entry.js'

export interface ComparisonRow {
  readonly name: string
  readonly first: string
  readonly second: string
}

/** What two results say of themselves, line by line. */
export function comparisonRows(a: ResultEntry, b: ResultEntry): readonly ComparisonRow[] {
  const words = text.results.comparison
  const [summaryA, summaryB] = [resultSummary(a), resultSummary(b)]
  const verdict = ({ finished }: ResultEntry): string => text.result.verdicts[finished.result.verdict.level]
  return [
    { name: words.verdict, first: verdict(a), second: verdict(b) },
    {
      name: words.expectedError,
      first: summaryA.expectedError ?? '–',
      second: summaryB.expectedError ?? '–',
    },
    ...similarityRows(a.finished.result, b.finished.result),
    { name: words.start, first: summaryA.start, second: summaryB.start },
    { name: words.structures, first: summaryA.structures, second: summaryB.structures },
    { name: text.result.time, first: summaryA.seconds, second: summaryB.seconds },
  ]
}

/** Similarity of every X-ray that either has, before and after. */
function similarityRows(a: SavedRegistrationResult, b: SavedRegistrationResult): readonly ComparisonRow[] {
  const names = [...new Set([...a.views, ...b.views].map(({ xray }) => fileName(xray)))]
  const shown = (result: SavedRegistrationResult, name: string): string => {
    const measured = result.views.find(({ xray }) => fileName(xray) === name)?.similarity ?? null
    return measured === null ? '–' : `${fixed(measured.initial.gmncc, 3)} → ${fixed(measured.final.gmncc, 3)}`
  }
  return names.map((name) => ({
    name: text.results.comparison.similarityOf(name),
    first: shown(a, name),
    second: shown(b, name),
  }))
}

/** The distance of the two poses in words. */
export function differenceFacts(
  comparison: ResultComparison,
  landmarkCount: number,
): readonly { readonly name: string; readonly value: string }[] {
  if (comparison.kind !== 'compared') return []
  const words = text.results.comparison
  const { rotationDeg, shiftMm, shiftInCameraMm, mTreMm } = comparison.difference
  const [columns, rows, depth] = shiftInCameraMm.map((value) => fixed(value, 2))
  const points = landmarkCount > 0 ? words.landmarks(landmarkCount) : words.cube(2 * cubeHalfSideMm)
  return [
    { name: words.rotation, value: `${fixed(rotationDeg, 2)}°` },
    {
      name: words.shift,
      value: `${fixed(shiftMm, 2)} mm (${words.columns} ${columns}, ${words.rows} ${rows}, ${words.depth} ${depth})`,
    },
    { name: words.mTre, value: `${fixed(mTreMm, 2)} mm ${points}` },
  ]
}
