import { afterAll, describe, expect, it } from 'vitest'
import { writeNetworkInput } from '../augmentation/network-input.js'
import { networkFrame, outputCount } from '../sampling/network-frame.js'
import { extrinsicFromOutputs } from '../sampling/pose-from-outputs.js'
import { maxDifference } from '../../geometry/matrix.js'
import { phantomSettings, phantomSubject } from '../testing/phantom-subject.js'
import { type BatchSettings, type BatchSource } from './data-batch.js'
import { localBatchSource } from './local-batch-source.js'

const made: BatchSource[] = []
afterAll(() => Promise.all(made.map((source) => source.dispose())))
async function sourceOf(settings: Partial<BatchSettings> = {}, labels = false): Promise<BatchSource> {
  const subjects = [
    phantomSubject({ name: 'a', weight: 1, labels }),
    phantomSubject({ name: 'b', weight: 3, labels }),
  ]
  const source = await localBatchSource(subjects, { ...phantomSettings, ...settings }, 2)
  made.push(source)
  return source
}
const sampling = (changes: Partial<BatchSettings['sampling']>) => ({
  sampling: { ...phantomSettings.sampling, ...changes },
})

describe('batches', () => {
  it('have their shapes, and poses that their targets mean', async () => {
    const batch = await (await sourceOf()).batch(3)
    const frame = networkFrame(phantomSettings)
    const numbers = outputCount(frame)
    expect(batch.xrays).toHaveLength(4 * 32 * 32)
    expect(batch.pictures).toHaveLength(4 * 32 * 32)
    expect(batch.targets).toHaveLength(4 * numbers)
    expect(batch.boneMultiplier).toBeGreaterThanOrEqual(1)
    expect(batch.boneMultiplier).toBeLessThan(4)
    for (const [n, { extrinsic }] of batch.poses.entries()) {
      const back = extrinsicFromOutputs(batch.targets.subarray(n * numbers, (n + 1) * numbers), frame)
      if (back === null) throw new Error('The targets are those of a pose.')
      expect(maxDifference(back, extrinsic)).toBeLessThan(1e-3)
    }
    expect(batch.kept).toEqual([true, true, true, true])
    expect([...batch.sampleWeights]).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(batch.silhouettes).toBeNull()
  })

  it('depend on the seed and the index alone, not on the order', async () => {
    const [first, again, other] = await Promise.all([
      sourceOf(),
      sourceOf(),
      sourceOf({ seed: phantomSettings.seed + 1 }),
    ])
    const forward = [await first.batch(0), await first.batch(1), await first.batch(2)]
    const backward = [await again.batch(2), await again.batch(1), await again.batch(0)].toReversed()
    expect(backward).toEqual(forward)
    expect((await other.batch(0)).targets).not.toEqual(forward[0].targets)
  })

  it('without augmentation are the normalised pictures', async () => {
    const { xrays, pictures } = await (await sourceOf(sampling({ augmentation: 0 }))).batch(0)
    for (let n = 0; n < 4; n++) {
      const expected = new Float32Array(32 * 32)
      writeNetworkInput(pictures.subarray(n * 1024, (n + 1) * 1024), expected)
      for (const [pixel, value] of expected.entries()) expect(xrays[n * 1024 + pixel]).toBeCloseTo(value, 3)
    }
  })

  it('use a rendered batch again with other augmentation', async () => {
    const source = await sourceOf(sampling({ reuse: 3, augmentation: 1 }))
    const [a, b, c, d] = [
      await source.batch(0),
      await source.batch(1),
      await source.batch(2),
      await source.batch(3),
    ]
    expect(b.pictures).toEqual(a.pictures)
    expect(c.targets).toEqual(a.targets)
    expect(d.pictures).not.toEqual(a.pictures)
    expect(b.xrays).not.toEqual(a.xrays)
    expect(c.xrays).not.toEqual(b.xrays)
  })

  it('show the subjects by their weights', async () => {
    const source = await sourceOf(sampling({ batchSize: 1 }))
    const names: string[] = []
    for (let index = 0; index < 80; index++) names.push((await source.batch(index)).subjectName)
    const share = names.filter((name) => name === 'b').length / names.length
    expect(share).toBeGreaterThan(0.6)
    expect(share).toBeLessThan(0.9)
  })

  it('leave out samples that show too little, and bring silhouettes where asked', async () => {
    const range = { ...phantomSettings.sampling.range, txMm: [0, 120] as [number, number] }
    const source = await sourceOf({ ...sampling({ range, batchSize: 12 }), silhouettes: true }, true)
    const { kept, sampleWeights, silhouettes } = await source.batch(0)
    const count = kept.filter((value) => value).length
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(12)
    expect([...sampleWeights]).toEqual(kept.map((value) => (value ? Math.fround(1 / count) : 0)))
    expect(silhouettes?.structures).toEqual([0, 1])
    expect(silhouettes?.pathsMm).toHaveLength(12 * 2 * 16 * 16)
  })
})
