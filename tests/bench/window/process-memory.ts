import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Process ids of a process and everything that it started, from Linux's /proc. */
async function family(root: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)))
  const found = [root]
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child)
  }
  return found
}

/** The fourth field of /proc/PID/stat; the second, a name in brackets, may hold blanks. Null once it has ended. */
async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(join('/proc', String(pid), 'stat'), 'utf8').catch(() => '')
  const parent = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ')[1]
  return parent === undefined ? null : Number(parent)
}

/** Proportional share of memory (PSS), bytes: pages that several processes use are counted once in all. */
async function proportionalBytes(pid: number): Promise<number> {
  const rollup = await readFile(join('/proc', String(pid), 'smaps_rollup'), 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024
}

/** Resident memory of a process and all that it started together, in bytes; null where there is no /proc. */
export async function residentBytes(root: number): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const parts = await Promise.all((await family(root)).map(proportionalBytes))
  return parts.reduce((sum, bytes) => sum + bytes, 0)
}

export interface MemoryPeak {
  /** Ends the watch; the largest reading, bytes. */
  stop(): Promise<number>
}

/** Reads the memory of a process and its family again and again. */
export function watchMemory(root: number, everyMs = 250): MemoryPeak {
  let isWatching = true
  let largest = 0
  const watching = (async () => {
    while (isWatching) {
      largest = Math.max(largest, (await residentBytes(root)) ?? 0)
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  return {
    async stop() {
      isWatching = false
      await watching
      return largest
    },
  }
}
