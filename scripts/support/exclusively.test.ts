import { mkdtemp, rm, utimes, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exclusively } from './exclusively.mjs'

describe('exclusively', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isocenter-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('never runs two works at once', async () => {
    let running = 0
    let most = 0
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await delay(20)
      running -= 1
    }
    await Promise.all([1, 2, 3].map(() => exclusively(join(folder, 'lock'), work)))
    expect(most).toBe(1)
  })

  it('lets go after a failure, and passes the failure on', async () => {
    const failing = exclusively(join(folder, 'lock'), () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await exclusively(join(folder, 'lock'), () => Promise.resolve(7))).toBe(7)
  })

  it('takes over a lock that was left behind long ago', async () => {
    const lock = join(folder, 'lock')
    await mkdir(lock)
    await utimes(lock, 1, 1)
    expect(await exclusively(lock, () => Promise.resolve('ran'))).toBe('ran')
  })
})
