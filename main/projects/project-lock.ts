import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

export const lockName = 'project.lock'

/** A living program renews its lock this often; one that was not renewed for much longer is left over. */
const renewEveryMs = 20_000
const leftOverAfterMs = 120_000

const ownerSchema = z.object({ host: z.string(), processId: z.int(), token: z.string() })
type Owner = z.infer<typeof ownerSchema>

export type LockAttempt =
  | { readonly kind: 'locked'; readonly lock: ProjectLock; readonly replacedLeftOver: boolean }
  | { readonly kind: 'held'; readonly host: string }
  | { readonly kind: 'unwritable' }

/** Keeps two programs from writing one project. A file, since folders are shared between machines. */
export class ProjectLock {
  private readonly timer: NodeJS.Timeout

  private constructor(
    private readonly path: string,
    private readonly token: string,
  ) {
    this.timer = setInterval(() => this.renew(), renewEveryMs).unref()
  }

  static take(folder: string): LockAttempt {
    const path = join(folder, lockName)
    const owner: Owner = { host: hostname(), processId: process.pid, token: randomUUID() }
    const first = create(path, owner)
    if (first === 'created')
      return { kind: 'locked', lock: new ProjectLock(path, owner.token), replacedLeftOver: false }
    if (first === 'unwritable') return { kind: 'unwritable' }
    const holder = readOwner(path)
    if (holder !== null && !isLeftOver(path, holder)) return { kind: 'held', host: holder.host }
    try {
      rmSync(path, { force: true })
    } catch {
      return { kind: 'unwritable' }
    }
    // Of two programs that find the same lock left over, one makes the new file.
    return create(path, owner) === 'created'
      ? { kind: 'locked', lock: new ProjectLock(path, owner.token), replacedLeftOver: true }
      : { kind: 'held', host: readOwner(path)?.host ?? '' }
  }

  /** False once another program took the lock for left over, e.g. while this computer slept. */
  isOurs(): boolean {
    return readOwner(this.path)?.token === this.token
  }

  release(): void {
    clearInterval(this.timer)
    if (this.isOurs()) rmSync(this.path, { force: true })
  }

  private renew(): void {
    if (!this.isOurs()) return
    const now = new Date()
    try {
      utimesSync(this.path, now, now)
    } catch {
      // The folder is out of reach for now; the next save tells.
    }
  }
}

function create(path: string, owner: Owner): 'created' | 'exists' | 'unwritable' {
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: 'wx' })
    return 'created'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'exists' : 'unwritable'
  }
}

/** Null when the lock is gone or not whole, as after a crash while it was written. */
function readOwner(path: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

function isLeftOver(path: string, { host, processId }: Owner): boolean {
  if (host === hostname() && !isAlive(processId)) return true
  try {
    return Date.now() - statSync(path).mtimeMs > leftOverAfterMs
  } catch {
    return true
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // It lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
