import { afterEach, describe, expect, it, vi } from 'vitest'
import { drawSoon, forgetDrawing } from './draw-queue.js'

/** As long as messages of the same kind take to go round. */
const afterMessages = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

afterEach(() => {
  vi.restoreAllMocks()
})

describe('drawSoon', () => {
  it('draws once for many orders, and again for a later one', async () => {
    const draw = vi.fn()
    drawSoon(draw)
    drawSoon(draw)
    expect(draw).not.toHaveBeenCalled()
    await afterMessages()
    expect(draw).toHaveBeenCalledTimes(1)
    drawSoon(draw)
    await afterMessages()
    expect(draw).toHaveBeenCalledTimes(2)
  })

  it('gives others their turn between slow drawings', async () => {
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
    const done: string[] = []
    const slow = (name: string) => () => {
      nowMs += 40
      done.push(name)
      // Runs at the end of the task that draws.
      queueMicrotask(() => done.push('free'))
    }
    drawSoon(slow('axial'))
    drawSoon(slow('coronal'))
    await afterMessages()
    expect(done).toEqual(['axial', 'free', 'coronal', 'free'])
  })

  it('goes on when what was drawn asks to be drawn again', async () => {
    let count = 0
    const draw = (): void => {
      if (++count < 3) drawSoon(draw)
    }
    drawSoon(draw)
    await afterMessages()
    expect(count).toBe(3)
  })

  it('draws the others when one fails', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0)
    const draw = vi.fn()
    const failures: unknown[] = []
    process.once('uncaughtException', (error) => failures.push(error))
    drawSoon(() => {
      throw new Error('no context')
    })
    drawSoon(draw)
    await afterMessages()
    expect(draw).toHaveBeenCalledTimes(1)
    expect(failures).toHaveLength(1)
  })

  it('leaves out what was forgotten', async () => {
    const draw = vi.fn()
    drawSoon(draw)
    forgetDrawing(draw)
    await afterMessages()
    expect(draw).not.toHaveBeenCalled()
  })
})
