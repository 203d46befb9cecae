import { describe, expect, it } from 'vitest'
import { latestOnly } from './latest-only.js'

describe('latestOnly', () => {
  it('skips what was outrun and finishes with the newest', async () => {
    const seen: number[] = []
    const releases: (() => void)[] = []
    const request = latestOnly<number>(async (input) => {
      seen.push(input)
      await new Promise<void>((resolve) => releases.push(resolve))
    })
    request(1)
    request(2)
    request(3)
    expect(seen).toEqual([1])
    releases[0]?.()
    await Promise.resolve()
    await Promise.resolve()
    expect(seen).toEqual([1, 3])
    releases[1]?.()
    await Promise.resolve()
    await Promise.resolve()
    request(4)
    expect(seen).toEqual([1, 3, 4])
  })
})
