import { decode } from 'fast-png'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PointsFile } from '../contract/files/points.js'
import { type Vector3 } from '../contract/matrix.js'
import { warpSourceSchema } from '../contract/operations/warp.js'
import {
  type EvaluateRegistrationInput,
  evaluateRegistrationInputSchema,
} from '../contract/operations/evaluate-registration.js'
import { affine, invertRigid, multiply4, transformPoint } from '../geometry/matrix.js'
import { rotationFromVector } from '../geometry/rigid.js'
import { writeTransformFile } from '../imaging/transform-file/write-transform.js'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../rendering/volume-renderers.js'
import { evaluateRegistration } from './evaluate-registration.operation.js'
import { type SavedBlobs, saveBlobRegistration } from './testing/saved-blobs.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path, { views: 2 })
})
afterAll(disposeRenderers)

const request = (changes: Partial<EvaluateRegistrationInput> = {}): EvaluateRegistrationInput => ({
  ...evaluateRegistrationInputSchema.parse({
    resultPath: saved.resultFolder,
    folder: folder.file('evaluated'),
    name: 'blobs',
    truth: { worldFromVolume: saved.truth },
    threads: 1,
  }),
  ...changes,
})

describe('evaluateRegistration', () => {
  it('measures against a truth of the CT before it was prepared', async () => {
    const path = folder.file('prepared.tfm')
    const originalFromPrepared = affine(rotationFromVector([0.2, -0.1, 0.4]), [30, -60, 12])
    await writeTransformFile(path, originalFromPrepared)
    const corner = { name: 'corner', position: [10, 20, 30] } as const
    const points = (position: typeof corner.position | Vector3): PointsFile => ({
      schema: 'isocenter/points@1',
      frame: 'LPS',
      points: [{ ...corner, position }],
    })
    const direct = { worldFromVolume: saved.truth, points: points(corner.position) }
    const original = {
      worldFromVolume: multiply4(saved.truth, invertRigid(originalFromPrepared)),
      points: points(transformPoint(originalFromPrepared, corner.position)),
      warp: warpSourceSchema.parse({ path }),
    }
    const errorOf = async (truth: EvaluateRegistrationInput['truth'], name: string) =>
      (
        await evaluateRegistration(
          request({ truth, name, formats: ['svg'], folder: folder.file('with truths') }),
          context,
        )
      ).initialErrors?.mTreMm
    const expected = await errorOf(direct, 'direct')
    expect(expected).toBeGreaterThan(5)
    expect(await errorOf(original, 'through the warp')).toBeCloseTo(expected ?? 0, 6)
    expect(await errorOf({ ...original, warp: undefined }, 'without the warp')).not.toBeCloseTo(
      expected ?? 0,
      0,
    )
  })

  it('finds the final DRR more alike than the initial one, and writes a figure per view', async () => {
    const output = await evaluateRegistration(request(), context)
    expect(output.finalErrors?.mTreMm).toBeLessThan(0.1)
    expect(output.initialErrors?.mTreMm).toBeGreaterThan(5)
    expect(output.views).toHaveLength(2)
    for (const { comparisons, validPixelFraction } of output.views) {
      expect(comparisons.map(({ drr }) => drr)).toEqual(['initial', 'final', 'high-quality'])
      expect(validPixelFraction).toBe(1)
      const [initial, final, fine] = comparisons.map(({ whole }) => whole)
      expect(final.correlation).toBeGreaterThan(0.99)
      expect(fine.correlation).toBeGreaterThan(0.99)
      expect(final.meanSquaredError).toBeLessThan(0.5 * (initial.meanSquaredError ?? 0))
      expect(final.edgeDistancePixels).toBeLessThan(0.5 * (initial.edgeDistancePixels ?? 0))
    }
    const files = await readdir(folder.file('evaluated'))
    expect(files.sort()).toEqual([...output.files, 'blobs-evaluation.provenance.json'].sort())
    const png = decode(await readFile(join(folder.file('evaluated'), 'blobs-evaluation-2.png')))
    expect(png.width).toBe(3600)
    // The pictures are neither blank nor black.
    expect(new Set(png.data.subarray(0, 3600 * 800 * png.channels)).size).toBeGreaterThan(100)
    const svg = await readFile(join(folder.file('evaluated'), 'blobs-evaluation-1.svg'), 'utf8')
    const text = svg.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')
    for (const part of ['X-ray', 'SSIM', 'view 1 of 2', 'Verdict']) expect(text).toContain(part)
    const csv = await readFile(join(folder.file('evaluated'), 'blobs-evaluation.csv'), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(3)
  })

  it('has nothing to do the second time, and does it again with another title', async () => {
    await evaluateRegistration(request(), context)
    expect((await evaluateRegistration(request(), context)).isUpToDate).toBe(true)
    const again = await evaluateRegistration(request({ title: 'Another' }), context)
    expect(again.isUpToDate).toBe(false)
  })

  it('leaves no errors against an unknown truth, and nothing at all when cancelled', async () => {
    const out = folder.file('cancelled')
    const controller = new AbortController()
    const cancelling = {
      ...context,
      signal: controller.signal,
      onProgress: ({ phase }: { readonly phase: string }) => {
        if (phase === 'compare') controller.abort()
      },
    }
    await expect(evaluateRegistration(request({ folder: out }), cancelling)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await readdir(folder.path)).not.toContain('cancelled')
    const { finalErrors } = await evaluateRegistration(
      request({ folder: out, truth: undefined, formats: ['svg'] }),
      context,
    )
    expect(finalErrors).toBeNull()
  })
})
