import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { throwIfCancelled, UserError } from '../contract/errors.js'
import { type OperationName } from '../contract/operations/index.js'
import { type OperationContext } from '../contract/progress.js'
import { runCli } from './run-cli.js'
import { type OperationRunner } from './session.js'
import { recordingTerminal } from './terminal/recording-terminal.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter cli '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Call {
  readonly name: OperationName
  readonly request: unknown
}

/** Runs the command line over an engine whose operations all end with `act`. */
async function run(
  argv: readonly string[],
  act: (context: OperationContext) => never,
  signal = new AbortController().signal,
) {
  const calls: Call[] = []
  const { terminal, outText, errText } = recordingTerminal()
  const runOperation: OperationRunner = (name, request, context) => {
    calls.push({ name, request })
    return Promise.resolve().then(() => act(context))
  }
  const exitCode = await runCli(argv, { terminal, signal, runOperation })
  return { exitCode, calls, out: outText(), err: errText() }
}

const stop = (): never => {
  throw new UserError('values-invalid', 'The picture is blank.', 'Take another.')
}

describe('runCli', () => {
  it('hands the whole register input to the engine', async () => {
    const argv = ['register', 'a.png', '-v', 'ct.nii', '--sdd', '1000', '--pixel-spacing', '0.2,0.2']
    const solver = ['--metric', 'ncc', '--scales', '12,6', '--seed', '3', '--no-cap-rays', '--threads', '2']
    const { calls } = await run([...argv, ...solver, '--linearize', '--out', join(folder, 'result')], stop)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      name: 'register',
      request: {
        views: [
          {
            xray: { path: 'a.png', preprocessing: { linearize: true, autoMask: true } },
            camera: { kind: 'numbers', sddMm: 1000, pixelSpacingMm: [0.2, 0.2] },
          },
        ],
        volume: { path: 'ct.nii', acceptGeometry: false },
        initial: { kind: 'search', antipode: true },
        metric: 'ncc',
        optimizer: 'lm',
        scales: [12, 6],
        seed: 3,
        capRays: false,
        attenuation: 'mu',
        threads: 2,
      },
    })
  })

  it('hands a run of frames to the engine as one sequence', async () => {
    const argv = ['register', 'a.dcm', '-v', 'ct.nii', '--sdd', '1000', '--out', join(folder, 'run')]
    const { calls } = await run([...argv, '--frames', '2-4'], stop)
    expect(calls).toMatchObject([
      {
        name: 'register-sequence',
        request: { frames: [2, 3, 4], registration: { volume: { path: 'ct.nii' } } },
      },
    ])
    expect((await run([...argv, '--frames', 'all', '--frame', '1'], stop)).exitCode).toBe(2)
  })

  it("turns the engine's error into a sentence, a hint and its exit code", async () => {
    const { exitCode, out, err } = await run(['info', 'x.png'], stop)
    expect({ exitCode, out, err }).toEqual({
      exitCode: 11,
      out: '',
      err: 'error: The picture is blank.\nhint: Take another.\n',
    })
  })

  it('shows progress and messages on standard error only', async () => {
    const { out, err } = await run(['info', 'x.png'], ({ onProgress, onEvent }) => {
      onProgress({ phase: 'reading', fraction: 0.5, message: '', elapsedMs: 100, remainingMs: 100 })
      onEvent({ kind: 'log', message: 'Resampled.' })
      return stop()
    })
    expect(out).toBe('')
    expect(err).toMatch(/^reading 50 %.*\nResampled\.\nerror: /)
  })

  it('passes cancellation on and exits with 130', async () => {
    const controller = new AbortController()
    const act = ({ signal }: OperationContext): never => {
      controller.abort()
      throwIfCancelled(signal)
      throw new Error('not cancelled')
    }
    const { exitCode, err } = await run(['info', 'x.png'], act, controller.signal)
    expect(exitCode).toBe(130)
    expect(err).toMatch(/^error: .*cancelled/)
  })

  it('refuses an output that is a file before anything is computed', async () => {
    await writeFile(join(folder, 'result'), 'kept')
    const options = ['-v', 'ct.nii', '--sdd', '1000', '--out', join(folder, 'result')]
    const { exitCode, calls } = await run(['register', 'a.png', ...options], stop)
    expect({ exitCode, calls }).toEqual({ exitCode: 13, calls: [] })
    expect(await readdir(folder)).toEqual(['result'])
  })

  it.each([
    [[], 2, /Usage: isocenter/],
    [['nonsense'], 2, /unknown command/],
    [['info'], 2, /missing required argument 'path'/],
    [['register', '-v', 'ct.nii', '-o', 'x'], 2, /No X-ray is given/],
    [['register', 'a.png', '-v', 'ct.nii', '-o', 'x', '--metric', 'ssd'], 2, /Allowed choices are gmncc/],
    [['phantom', '-o', 'x', '--voxel-size', '-1'], 2, /not above 0/],
    [['drr', '-v', 'ct.nii', '--camera', 'c.json', '-o', 'drr.bmp'], 2, /drr\.bmp/],
  ])('answers %j with exit code %i', async (argv, expected, message) => {
    const { exitCode, calls, out, err } = await run(argv, stop)
    expect({ exitCode, calls, out }).toEqual({ exitCode: expected, calls: [], out: '' })
    expect(err).toMatch(message)
  })

  it('prints help for every command and succeeds', async () => {
    for (const command of ['register', 'drr', 'evaluate-pose', 'info', 'phantom']) {
      const { exitCode, out, err } = await run([command, '--help'], stop)
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
      expect(out).toContain(`Usage: isocenter ${command}`)
      expect(out).toContain('--json')
    }
  })
})
