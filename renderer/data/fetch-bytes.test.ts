import { describe, expect, it } from 'vitest'
import { fetchBytes } from './fetch-bytes.js'

/** More than one piece of memory holds. */
const bytes = Uint8Array.from({ length: 2_500_001 }, (_, index) => index % 251)
const url = `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`

describe('fetchBytes', () => {
  it('returns every byte in its place', async () => {
    const fetched = new Uint8Array(await fetchBytes(url, bytes.length))
    expect(Buffer.compare(fetched, bytes)).toBe(0)
  })

  it('refuses an answer that is shorter or longer than expected', async () => {
    await expect(fetchBytes(url, bytes.length + 1)).rejects.toThrow('2500001 bytes instead of 2500002')
    await expect(fetchBytes(url, bytes.length - 1)).rejects.toThrow('More than 2500000 bytes')
  })
})
