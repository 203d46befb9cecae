import { describe, expect, it } from 'vitest'
import { applyDelta, chunkEnd, DeltaBuilder, deltaVoxels, inverted, runsOf } from './delta.js'
import { EditHistory } from './history.js'

/** The delta from one map to another of the same size. */
function between(before: Uint8Array, after: Uint8Array) {
  const builder = new DeltaBuilder()
  after.forEach((label, index) => {
    builder.add(index, before[index] ?? 0, label)
  })
  return builder.build()
}

/** Maps with runs of several lengths, other in every call. */
function someMap(seed: number, length = 5000): Uint8Array {
  let state = seed
  let label = 0
  return Uint8Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    if (state % 7 === 0) label = state % 4
    return label
  })
}

describe('a delta', () => {
  it('leads from one map to the other and, inverted, back', () => {
    const [before, after] = [someMap(1), someMap(2)]
    const delta = between(before, after)
    const map = before.slice()
    applyDelta(map, delta)
    expect(map).toEqual(after)
    applyDelta(map, inverted(delta))
    expect(map).toEqual(before)
    expect(deltaVoxels(delta)).toBe(after.filter((label, index) => label !== before[index]).length)
  })

  it('can be written in pieces', () => {
    const [before, after] = [someMap(3), someMap(4)]
    const delta = between(before, after)
    const map = before.slice()
    for (let from = 0; from < runsOf(delta); from += 10)
      applyDelta(map, delta, from, Math.min(from + 10, runsOf(delta)))
    expect(map).toEqual(after)
    expect(chunkEnd(delta, 0)).toBe(runsOf(delta))
  })

  it('joins neighbours that change alike, and those alone', () => {
    const builder = new DeltaBuilder()
    builder.add(4, 0, 1)
    builder.add(5, 0, 1)
    builder.add(6, 2, 1)
    builder.add(7, 3, 3)
    builder.add(8, 2, 1)
    const { starts, lengths } = builder.build()
    expect([...starts]).toEqual([4, 6, 8])
    expect([...lengths]).toEqual([2, 1, 1])
  })

  it('makes pieces of what is long', () => {
    const delta = {
      starts: Uint32Array.of(0, 3_000_000, 6_000_000),
      lengths: Uint32Array.of(3_000_000, 3_000_000, 1),
      before: Uint16Array.of(0, 1, 0),
      after: Uint16Array.of(1, 0, 1),
    }
    expect(chunkEnd(delta, 0)).toBe(2)
    expect(chunkEnd(delta, 2)).toBe(3)
  })
})

describe('the history', () => {
  it('goes back and forth over any edits', () => {
    const states = [1, 2, 3, 4].map((seed) => someMap(seed))
    const [first = new Uint8Array()] = states
    const map = first.slice()
    const history = new EditHistory()
    const ids = [history.stateId]
    for (const next of states.slice(1)) {
      const delta = between(map, next)
      applyDelta(map, delta)
      history.push(delta)
      ids.push(history.stateId)
    }
    expect(new Set(ids).size).toBe(4)
    for (const step of [2, 1, 0]) {
      const delta = history.undo()
      if (delta !== null) applyDelta(map, delta)
      expect(map).toEqual(states[step])
      expect(history.stateId).toBe(ids[step])
    }
    expect(history.undo()).toBeNull()
    for (const step of [1, 2, 3]) {
      const delta = history.redo()
      if (delta !== null) applyDelta(map, delta)
      expect(map).toEqual(states[step])
    }
    expect(history.redo()).toBeNull()
  })

  it('forgets what was undone with the next edit', () => {
    const history = new EditHistory()
    const delta = between(someMap(1), someMap(2))
    history.push(delta)
    history.undo()
    history.push(delta)
    expect([history.undoCount, history.redoCount]).toEqual([1, 0])
  })

  it('forgets the oldest edits beyond its memory, never the last', () => {
    const delta = between(someMap(1), someMap(2))
    const history = new EditHistory(12 * runsOf(delta) * 2)
    for (let edit = 0; edit < 5; edit++) history.push(delta)
    expect(history.undoCount).toBe(2)
    const tight = new EditHistory(1)
    tight.push(delta)
    expect(tight.undoCount).toBe(1)
    const [before, after] = [history.stateId, (history.undo(), history.undo(), history.stateId)]
    expect(after).not.toBe(before)
    expect(after).not.toBe(0)
  })
})
