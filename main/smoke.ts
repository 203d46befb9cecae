import { randomUUID } from 'node:crypto'
import type { AppContext } from './context.js'
import { SampleMaker } from './sample.js'
import { openWindow } from './window.js'

/**
 * Proves an installation: loads the window's page (hidden), makes the sample, registers its X-rays from a
 * search, holds the pose against the known one, and prints one JSON line. Returns the exit code.
 */
export async function runSmokeTest(context: AppContext): Promise<number> {
  const started = performance.now()
  try {
    await openWindow(context, { show: false })
    const { engine } = context
    const { files, truths, landmarks } = await new SampleMaker(context).open()
    const [truth] = truths
    if (truth === undefined) throw new Error('The sample has no X-ray.')
    const { result } = await engine.run(
      'register',
      {
        views: files.views.map(({ xray, camera }) => ({
          // The sample's X-rays are intensities, in which bone is dark.
          xray: { path: xray, preprocessing: { linearize: true } },
          camera: { kind: 'file', path: camera },
        })),
        volume: { path: files.volume },
        initial: { kind: 'search' },
      },
      { id: randomUUID(), client: 'smoke' },
    )
    const errors = await engine.run(
      'evaluate-pose',
      { estimate: result.final.worldFromVolume, truth: truth.worldFromVolume, points: landmarks },
      { id: randomUUID(), client: 'smoke' },
    )
    const { level, reasons } = result.verdict
    print({
      ok: level === 'good',
      verdict: level,
      reasons,
      mTreMm: errors.mTreMm,
      seconds: secondsSince(started),
    })
    return level === 'good' ? 0 : 1
  } catch (error) {
    print({
      ok: false,
      error: error instanceof Error ? error.message : String(error),
      seconds: secondsSince(started),
    })
    return 1
  }
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
