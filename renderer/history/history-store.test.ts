import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useHistoryStore, type ChangeScope } from './history-store.js'
import { mergeKeyOf } from './merge-key.js'

beforeEach(() => setActivePinia(createPinia()))

/** A number that is changed through the history. */
function counter(scope: ChangeScope = 'pose') {
  const history = useHistoryStore()
  const state = { value: 0 }
  function set(next: number, mergeKey?: string): void {
    const before = state.value
    state.value = next
    history.record({
      scope,
      label: `to ${next}`,
      ...(mergeKey !== undefined && { mergeKey }),
      undo: () => void (state.value = before),
      redo: () => void (state.value = next),
    })
  }
  return { history, state, set }
}

describe('the history', () => {
  it('goes back and forth through changes of several parts in the order in which they were made', async () => {
    const pose = counter('pose')
    const labels = counter('labels')
    pose.set(1)
    labels.set(5)
    pose.set(2)
    await pose.history.undo()
    await pose.history.undo()
    expect([pose.state.value, labels.state.value]).toEqual([1, 0])
    expect([pose.history.nextUndo, pose.history.nextRedo]).toEqual(['to 1', 'to 5'])
    await pose.history.redo()
    await pose.history.redo()
    expect([pose.state.value, labels.state.value]).toEqual([2, 5])
    expect(pose.history.nextRedo).toBeNull()
  })

  it('takes a drag as one change', async () => {
    const { history, state, set } = counter()
    for (const value of [1, 2, 3]) set(value, 'drag')
    expect(history.past).toHaveLength(1)
    await history.undo()
    expect(state.value).toBe(0)
    await history.redo()
    expect(state.value).toBe(3)
  })

  it('takes both ways of a switch as changes of their own', async () => {
    const history = useHistoryStore()
    const form = ref({ antipode: false, seed: 1 })
    function change(part: Partial<typeof form.value>): void {
      const about = { scope: 'settings', label: 'setting', mergeKey: mergeKeyOf('form', part) } as const
      history.assign(about, form.value, { ...form.value, ...part }, (to) => (form.value = to))
    }
    change({ antipode: true })
    change({ antipode: false })
    expect(history.past).toHaveLength(2)
    await history.undo()
    expect(form.value.antipode).toBe(true)
    await history.undo()
    expect([form.value.antipode, history.nextUndo]).toEqual([false, null])
  })

  it('leaves nothing to undo of a drag that ends where it began', async () => {
    const history = useHistoryStore()
    const box = ref({ first: [0, 0, 0] })
    const drag = (x: number): void =>
      history.assign(
        { scope: 'crop', label: 'box', mergeKey: 'box' },
        box.value,
        { first: [x, 0, 0] },
        (to) => {
          box.value = to
        },
      )
    history.record({ scope: 'pose', label: 'pose', undo: () => undefined, redo: () => undefined })
    for (const x of [3, 5, 0]) drag(x)
    expect(history.nextUndo).toBe('pose')
    for (const x of [3, 0, 7]) drag(x)
    expect(history.past).toHaveLength(2)
    await history.undo()
    expect(box.value.first).toEqual([0, 0, 0])
  })

  it('forgets what could be redone once something else is done', async () => {
    const { history, set } = counter()
    set(1)
    await history.undo()
    set(2)
    expect(history.nextRedo).toBeNull()
  })

  it('does not take its own doing for a change', async () => {
    const { history, set } = counter()
    history.record({ scope: 'pose', label: 'outer', undo: () => set(9), redo: () => set(8) })
    await history.undo()
    expect(history.past).toHaveLength(0)
    expect(history.nextRedo).toBe('outer')
  })

  it('stays where it is while something forbids going back', async () => {
    const { history, state, set } = counter()
    let reason: string | null = 'A registration is running.'
    history.lockWhile(() => reason)
    set(1)
    await history.undo()
    expect([state.value, history.locked]).toEqual([1, reason])
    expect(history.nextUndo).toBe('to 1')
    reason = null
    history.lockWhile(() => reason)
    await history.undo()
    expect(state.value).toBe(0)
  })

  it('goes back once more where that was asked for while it was still going back', async () => {
    const { history, state, set } = counter('pose')
    let finish = (): void => undefined
    set(1)
    history.record({
      scope: 'labels',
      label: 'long',
      undo: () => new Promise<void>((resolve) => (finish = resolve)),
      redo: () => undefined,
    })
    const first = history.undo()
    const second = history.undo()
    await Promise.resolve()
    expect([history.isTravelling, state.value]).toEqual([true, 1])
    finish()
    await Promise.all([first, second])
    expect(state.value).toBe(0)
  })

  it('records what is done while it goes back', async () => {
    const { history, set } = counter('pose')
    let finish = (): void => undefined
    set(1)
    history.record({
      scope: 'labels',
      label: 'long',
      undo: () => new Promise<void>((resolve) => (finish = resolve)),
      redo: () => undefined,
    })
    const going = history.undo()
    await Promise.resolve()
    expect(history.past.map(({ label }) => label)).toEqual(['to 1'])
    set(2)
    finish()
    await going
    expect([history.nextUndo, history.nextRedo]).toEqual(['to 2', null])
  })

  it('keeps as many changes of a scope as there is a way back for', () => {
    const pose = counter('pose')
    const labels = counter('labels')
    for (const value of [1, 2, 3]) labels.set(value)
    pose.set(7)
    pose.history.keepNewest('labels', 2)
    expect(pose.history.past.map(({ label }) => label)).toEqual(['to 2', 'to 3', 'to 7'])
    pose.history.keepNewest('labels', 2)
    expect(pose.history.past).toHaveLength(3)
  })

  it('drops the changes of a thing that is gone, and those alone', () => {
    const pose = counter('pose')
    const labels = counter('labels')
    labels.set(1)
    pose.set(1)
    pose.history.forget('labels')
    expect(pose.history.past.map(({ scope }) => scope)).toEqual(['pose'])
  })
})
