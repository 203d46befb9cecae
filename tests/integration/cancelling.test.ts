import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { phantomOutputSchema, type PhantomOutput } from '../../native-workers/contract/operations/phantom.js'
import { isocenter, isocenterSucceeds, type CliRun } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
let phantom: PhantomOutput
beforeAll(async () => {
  const argv = ['phantom', '--out', scratch('phantom'), '--voxel-size', '2.5', '--json']
  phantom = phantomOutputSchema.parse(JSON.parse((await isocenterSucceeds(argv)).stdout))
})

function register(out: string, onStderr?: Parameters<typeof isocenter>[1]): Promise<CliRun> {
  const [view] = phantom.views
  const inputs = [view?.xray ?? '', '--volume', phantom.volume, '--camera', view?.camera ?? '']
  return isocenter(['register', ...inputs, '--linearize', '--out', scratch(out)], onStderr)
}

/** The phases of a run in their order, from its progress lines, e.g. `search 25 %  (1.0 s)`. */
function phasesOf({ stderr }: CliRun): readonly string[] {
  const lines = stderr.split('\n').filter((line) => /\(\d[^)]*s[^)]*\)$/.test(line))
  return [...new Set(lines.map((line) => line.replace(/ \d+ %.*| {2}.*/, '')))]
}

describe('Ctrl-C', () => {
  it('leaves nothing behind, whatever the phase', async () => {
    const whole = await register('whole')
    expect(whole.exitCode, whole.stderr).toBe(0)
    const phases = phasesOf(whole)
    expect(phases.length).toBeGreaterThan(1)
    const complete = await readdir(scratch('whole'))

    const exitCodes: (number | null)[] = []
    for (const [index, phase] of phases.entries()) {
      const out = `cancelled ${index}`
      let isInterrupted = false
      const run = await register(out, (stderr, interrupt) => {
        if (isInterrupted || !stderr.includes(`${phase} `)) return
        isInterrupted = true
        interrupt()
      })
      exitCodes.push(run.exitCode)
      if (run.exitCode === 0) {
        // The signal came after the last safe point: then the whole set stands, and only that.
        expect(await readdir(scratch(out))).toEqual(complete)
      } else {
        expect(run, run.stderr).toMatchObject({ exitCode: 130, stdout: '' })
        expect(run.stderr).toMatch(/^error: .*cancelled.*\.$/m)
        expect(existsSync(scratch(out))).toBe(false)
      }
    }
    expect(exitCodes.slice(0, -1)).toEqual(phases.slice(0, -1).map(() => 130))
  })
})
