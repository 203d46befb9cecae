import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Provenance } from '../../contract/files/provenance.js'
import { evaluateCohortInputSchema } from '../../contract/operations/evaluate-cohort.js'
import {
  type EvaluationReport,
  type PictureMetrics,
} from '../../contract/operations/evaluate-registration.js'
import { version } from '../../contract/version.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { percentile } from '../metrics/percentile.js'
import { evaluateCohort } from './evaluate-cohort.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

function metrics(similarity: number): PictureMetrics {
  return {
    meanSquaredError: 100,
    structuralSimilarity: similarity,
    normalizedMutualInformation: null,
    correlationMaximum: similarity,
    correlationShiftPixels: [1, -2],
    correlation: similarity,
    gradientCorrelation: similarity,
    edgeDistancePixels: 2,
    edgeDistanceMm: null,
  }
}

const errors = (mTreMm: number) => ({
  mTreMm,
  maxTreMm: 2 * mTreMm,
  rotationErrorDeg: mTreMm / 10,
  translationErrorMm: mTreMm,
  'xvr-mTRE (compat)': null,
  views: [],
})

/** Leaves what `evaluate-registration` would, for a case with the given final mTRE in mm, null where unknown. */
async function recordedCase(name: string, mTreMm: number | null, operation = 'evaluate-registration') {
  const report: EvaluationReport = {
    name,
    verdict: { level: 'good', reasons: [] },
    expectedErrorMm: null,
    initialErrors: mTreMm === null ? null : errors(20),
    finalErrors: mTreMm === null ? null : errors(mTreMm),
    files: [],
    warnings: [],
    views: [
      {
        xray: `${name}, the "first".png`,
        width: 10,
        height: 10,
        validPixelFraction: 1,
        comparisons: [
          { drr: 'initial', whole: metrics(0.1), inMask: metrics(0.2) },
          { drr: 'final', whole: metrics(0.8), inMask: metrics(0.9) },
        ],
      },
    ],
  }
  const record = {
    schema: 'isocenter/provenance@1',
    created: '',
    version,
    operation,
    settings: {},
    inputs: [],
    outputs: [],
    report,
  } satisfies Provenance
  const recordPath = folder.file(`records/${name}.provenance.json`)
  await mkdir(dirname(recordPath), { recursive: true })
  await writeFile(recordPath, JSON.stringify(record))
  return { name, recordPath }
}

const failures = [{ name: 'lost', message: 'Its CT is gone.' }]

describe('evaluateCohort', () => {
  it('tells the spread, the success rates and what failed', async () => {
    const known = [0.4, 0.9, 1, 3, 12].map((mm) => recordedCase(`case ${mm}`, mm))
    const cases = [...(await Promise.all(known)), await recordedCase('unknown', null)]
    const input = evaluateCohortInputSchema.parse({
      cases,
      failures,
      folder: folder.file('cohort'),
      formats: ['svg'],
    })
    const output = await evaluateCohort(input, context)
    // numpy.percentile([0.4, 0.9, 1, 3, 12], [5, 25, 50, 75, 95])
    expect(
      output.quantities.find(({ quantity, pose }) => quantity === 'mtre_mm' && pose === 'final'),
    ).toEqual({
      quantity: 'mtre_mm',
      pose: 'final',
      count: 5,
      percentile5: expect.closeTo(0.5, 12) as number,
      percentile25: 0.9,
      median: 1,
      percentile75: 3,
      percentile95: expect.closeTo(10.2, 12) as number,
    })
    const rates = (of: typeof output) =>
      of.successRates.filter(({ pose }) => pose === 'final').map(({ share }) => share)
    expect(rates(output)).toEqual([0.4, 0.6, 0.8, 0.8])
    const counting = { ...input, failedCases: 'as-failures' } as const
    expect(rates(await evaluateCohort(counting, context))).toEqual([2 / 6, 3 / 6, 4 / 6, 4 / 6])
    const lines = (await readFile(folder.file('cohort/evaluation.csv'), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(8)
    expect(lines[1]).toContain('case 0.4,done,1,"case 0.4, the ""first"".png",good,')
    expect(lines[7]).toMatch(/^lost,failed,,.*,Its CT is gone\.$/)
    const columns = (line: string) => line.replaceAll(/"[^"]*(""[^"]*)*"/g, '').split(',').length
    expect(new Set(lines.map(columns)).size).toBe(1)
    const svg = await readFile(folder.file('cohort/cohort-boxplot.svg'), 'utf8')
    expect(svg.replaceAll(/<[^>]*>|\s/g, '')).toContain('1morecouldnotbeevaluated')
    expect((await evaluateCohort(counting, context)).isUpToDate).toBe(true)
  })

  it('does without any truth, and refuses a record of something else', async () => {
    const cases = [await recordedCase('plain', null)]
    const input = evaluateCohortInputSchema.parse({ cases, folder: folder.file('plain'), formats: ['svg'] })
    const output = await evaluateCohort(input, context)
    expect(output.successRates).toEqual([])
    expect(output.quantities.map(({ quantity }) => quantity)).not.toContain('mtre_mm')
    const other = [await recordedCase('other', 1, 'crop')]
    await expect(evaluateCohort({ ...input, cases: other }, context)).rejects.toThrow('is not the record')
  })
})

describe('percentile', () => {
  it('interpolates linearly', () => {
    expect(percentile([7], 0.3)).toBe(7)
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(percentile([4, 1, 3, 2], 1)).toBe(4)
  })
})
