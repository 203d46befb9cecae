import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { runMeasured } from '../support/measured-process.js'
import { pythonWith } from '../support/python.js'
import { figure, heading, line } from '../support/report.js'
import { ratioOf, spreadOf } from '../support/timing.js'

/** From the bundle in out/tools. */
const ours = fileURLToPath(new URL('./training-steps.js', import.meta.url))
const torchScript = fileURLToPath(new URL('../../tests/bench/torch/training.py', import.meta.url))
const [batch, height] = [8, 128]
const rounds = 3
/** The first steps touch fresh memory; a process is judged by the least of those after them. */
const [steps, unjudged] = [12, 4]

const cases = [
  { network: 'resnet18', aim: 'at most 1.5, better 1.2' },
  { network: 'light', aim: 'at most 0.9' },
] as const

const reportSchema = z.object({
  milliseconds: z.array(z.number()),
  processorMilliseconds: z.array(z.number()),
  peakKibibytes: z.number(),
})

/** Training steps on one thread, as whole processes that take turns with PyTorch doing the same; skipped without it. */
export async function benchTraining(): Promise<void> {
  const python = await pythonWith(['torch'])
  heading(`A training step of a pose network, batch ${batch}, ${height} x ${height}, one thread`)
  if (python === undefined) line('PyTorch is left out', 'no python3 with torch to compare with')
  for (const { network, aim } of cases) {
    const [own, torchs]: [Measured[], Measured[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      own.push(await measured(process.execPath, [ours], network))
      if (python !== undefined) torchs.push(await measured(python, [torchScript], network))
    }
    figure(`${network}, onnxruntime`, spreadOf(own.map(({ stepMs }) => stepMs)), 'ms')
    line(`${network}, onnxruntime, peak memory`, peak(own))
    if (torchs.length === 0) continue
    figure(`${network}, PyTorch`, spreadOf(torchs.map(({ stepMs }) => stepMs)), 'ms')
    line(`${network}, PyTorch, peak memory`, peak(torchs))
    const ratio = (of: 'stepMs' | 'processorMs') =>
      ratioOf(
        own.map((run) => run[of]),
        torchs.map((run) => run[of]),
      )
    figure(`${network}, ratio`, ratio('stepMs'), '', aim)
    // On one thread these are the same, unless other work takes the processor away in between.
    figure(`${network}, ratio of processor time`, ratio('processorMs'), '', aim)
  }
}

interface Measured {
  /** The least of the judged steps. */
  readonly stepMs: number
  readonly processorMs: number
  readonly peakBytes: number
}

async function measured(command: string, script: readonly string[], network: string): Promise<Measured> {
  const parameters = [...script, network, String(batch), String(height), String(steps)]
  const { exitCode, report, errors } = await runMeasured(command, parameters)
  if (exitCode !== 0) throw new Error(`${command} ${parameters.join(' ')} failed:\n${errors}`)
  const { milliseconds, processorMilliseconds, peakKibibytes } = reportSchema.parse(JSON.parse(report))
  const least = (values: readonly number[]) => Math.min(...values.slice(unjudged))
  return {
    stepMs: least(milliseconds),
    processorMs: least(processorMilliseconds),
    peakBytes: peakKibibytes * 1024,
  }
}

const peak = (runs: readonly Measured[]): string =>
  `${(Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20).toFixed(0)} MiB`
