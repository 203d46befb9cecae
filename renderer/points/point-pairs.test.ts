import { describe, expect, it } from 'vitest'
import {
  freeName,
  moved,
  nextToPlace,
  renamed,
  volumeFile,
  withFile,
  withNew,
  without,
  withPixel,
  withPosition,
  xrayFile,
  type PointPair,
} from './point-pairs.js'

const three = withNew(withNew(withNew([])))
const names = (pairs: readonly PointPair[] | null): string => pairs?.map(({ name }) => name).join(' ') ?? ''

describe('point pairs', () => {
  it('get free names and colours of their own', () => {
    expect(names(three)).toBe('P1 P2 P3')
    expect(new Set(three.map(({ colour }) => colour)).size).toBe(3)
    expect(freeName(without(three, 2))).toBe('P2')
    const ids = withNew(without(three, 2)).map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
  })

  it('are renamed to names of their own only', () => {
    expect(names(renamed(three, 2, ' hip '))).toBe('P1 hip P3')
    expect(renamed(three, 2, 'P3')).toBeNull()
    expect(renamed(three, 2, ' ')).toBeNull()
    expect(names(renamed(three, 2, 'P2'))).toBe('P1 P2 P3')
  })

  it('change places, and stay at the ends', () => {
    expect(names(moved(three, 3, -1))).toBe('P1 P3 P2')
    expect(names(moved(three, 1, 1))).toBe('P2 P1 P3')
    expect(moved(three, 1, -1)).toBe(three)
    expect(moved(three, 3, 1)).toBe(three)
  })

  it('are placed one after the other, the chosen one first', () => {
    const first = withPosition(three, 1, [1, 2, 3])
    expect(nextToPlace(first, 'volume', null)?.name).toBe('P2')
    expect(nextToPlace(first, 'volume', 3)?.name).toBe('P3')
    expect(nextToPlace(first, 'volume', 1)?.name).toBe('P2')
    expect(nextToPlace(first, 7, 1)?.name).toBe('P1')
    const all = [1, 2, 3].reduce((pairs, id) => withPixel(pairs, id, 7, [id, 0]), first)
    expect(nextToPlace(all, 7, 1)).toBeNull()
    expect(nextToPlace(all, 8, null)?.name).toBe('P1')
  })

  it('take the halves of files by name, and give them back', () => {
    const position = [1, 2, 3] as const
    const read = withFile(withFile(three, 'volume', [{ name: 'P2', at: position }]), 7, [
      { name: 'P2', at: [4, 5] },
      { name: 'new', at: [6, 7] },
    ])
    expect(names(read)).toBe('P1 P2 P3 new')
    expect(volumeFile(read).points).toEqual([{ name: 'P2', position }])
    expect(xrayFile(read, 7).points).toEqual([
      { name: 'P2', pixel: [4, 5] },
      { name: 'new', pixel: [6, 7] },
    ])
    expect(xrayFile(read, 8).points).toEqual([])
  })
})
