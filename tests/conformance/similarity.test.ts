import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gradientCorrelation } from '../../native-workers/similarity/gradient-correlation.js'
import { normalizedCrossCorrelation } from '../../native-workers/similarity/normalized-cross-correlation.js'
import { patchCorrelation } from '../../native-workers/similarity/patch-correlation.js'

interface Fixture {
  a: number[][]
  b: number[][]
  ncc: number
  patch5: number
  gncc_patch3: number
}

describe('NCC fixtures', () => {
  it('NCC, patch NCC and gradient NCC to 1e-9', () => {
    const fixture = JSON.parse(
      readFileSync(new URL('./fixtures/ncc.json', import.meta.url), 'utf8'),
    ) as Fixture
    const pair = {
      width: fixture.a[0].length,
      height: fixture.a.length,
      fixed: fixture.a.flat(),
      moving: fixture.b.flat(),
    }
    expect(normalizedCrossCorrelation(pair).value).toBeCloseTo(fixture.ncc, 9)
    expect(patchCorrelation(pair, 5).value).toBeCloseTo(fixture.patch5, 9)
    expect(gradientCorrelation(pair, 3).value).toBeCloseTo(fixture.gncc_patch3, 9)
  })
})
