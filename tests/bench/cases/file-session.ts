import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PhantomOutput } from '../../../native-workers/contract/operations/phantom.js'
import { figure, heading, line } from '../support/report.js'
import { type SessionFigures, type SessionTask } from '../support/session-task.js'
import { spreadOf } from '../support/timing.js'

/** Writes the phantom to a temporary folder, then reads, registers and shows it in a process of its own. */
export async function benchFileSession(spacingMm: number, threads: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-bench-'))
  try {
    const files = await inChildProcess<PhantomOutput>({ kind: 'phantom', folder, spacingMm })
    const session = await inChildProcess<SessionFigures>({ kind: 'work', files, threads })
    heading('A session on files, in its own process: CT as NIfTI, X-ray of 512 x 512 pixels as PNG')
    line('reading the CT', `${session.readSeconds.toFixed(2)} s`)
    line(
      `register: ${String(session.renders)} renders, verdict ${session.verdict}`,
      `${session.registerSeconds.toFixed(2)} s`,
    )
    for (const [phase, seconds] of Object.entries(session.secondsPerPhase)) {
      line(`  ${phase}`, `${seconds.toFixed(2)} s`)
    }
    line('  mTRE against the exact X-ray', `${session.errorMm.toFixed(3)} mm`)
    const framesPerSecond = spreadOf(session.previewMs.map((elapsedMs) => 1000 / elapsedMs))
    figure('live DRR of 256 x 256 pixels', framesPerSecond, 'pictures/s', 'at least 20')
    line('peak memory', `${(session.peakBytes / 2 ** 20).toFixed(0)} MiB  [aim: at most 1024]`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function inChildProcess<Answer>(task: SessionTask): Promise<Answer> {
  const child = fork(new URL('./session-on-files.js', import.meta.url))
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`The child process ended with ${String(code)} and without an answer.`))
    })
    child.send(task)
  })
}
