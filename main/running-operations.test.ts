import { describe, expect, it } from 'vitest'
import { RunningOperations } from './running-operations.js'

describe('RunningOperations', () => {
  it('counts what a person would miss, until it ends or fails', async () => {
    const running = new RunningOperations()
    let end = (): void => undefined
    const preview = running.during('a', 'render-drr', () => new Promise<void>(() => undefined))
    const job = running.during('b', 'animate', () => new Promise<void>((resolve) => (end = resolve)))
    const failing = running.during('c', 'scene', () => Promise.reject(new Error('no')))
    expect(running.jobCount).toBe(2)
    await expect(failing).rejects.toThrow('no')
    end()
    await job
    expect(running.ids).toEqual(['a'])
    expect(running.jobCount).toBe(0)
    expect(running.has('a')).toBe(true)
    void preview
  })
})
