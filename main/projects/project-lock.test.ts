import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockName, ProjectLock, type LockAttempt } from './project-lock.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter lock '))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const taken = (attempt: LockAttempt): ProjectLock => {
  if (attempt.kind !== 'locked') throw new Error(attempt.kind)
  return attempt.lock
}
const leave = (host: string, processId: number): void =>
  writeFileSync(join(folder, lockName), JSON.stringify({ host, processId, token: 'theirs' }))

describe('ProjectLock', () => {
  it('is held until it is released', () => {
    const lock = taken(ProjectLock.take(folder))
    expect(ProjectLock.take(folder)).toEqual({ kind: 'held', host: hostname() })
    lock.release()
    const again = ProjectLock.take(folder)
    expect(again).toMatchObject({ kind: 'locked', replacedLeftOver: false })
    taken(again).release()
  })

  it('replaces one whose program has ended', () => {
    // No process has this number: it is above the limit of every system.
    leave(hostname(), 2 ** 30)
    const attempt = ProjectLock.take(folder)
    expect(attempt).toMatchObject({ kind: 'locked', replacedLeftOver: true })
    taken(attempt).release()
  })

  it('respects another computer’s, until that has not renewed it for long', () => {
    leave('another', 1)
    expect(ProjectLock.take(folder)).toEqual({ kind: 'held', host: 'another' })
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(join(folder, lockName), longAgo, longAgo)
    taken(ProjectLock.take(folder)).release()
  })

  it('notices that it was taken over, and leaves the other’s in place', () => {
    const lock = taken(ProjectLock.take(folder))
    leave('another', 1)
    expect(lock.isOurs()).toBe(false)
    lock.release()
    expect(ProjectLock.take(folder)).toEqual({ kind: 'held', host: 'another' })
  })

  it('can not be taken where nothing can be written', () => {
    expect(ProjectLock.take(join(folder, 'not there'))).toEqual({ kind: 'unwritable' })
  })
})
