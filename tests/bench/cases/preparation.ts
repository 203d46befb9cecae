import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeTellsPeakMemory, runMeasured } from '../support/measured-process.js'
import { pythonWith } from '../support/python.js'
import { figure, heading, line } from '../support/report.js'
import { ratioOf, spreadOf } from '../support/timing.js'

/** From the bundle in out/tools. */
const commandLine = fileURLToPath(new URL('../engine/cli.js', import.meta.url))
const largeCtWriter = fileURLToPath(new URL('./write-large-ct.js', import.meta.url))
const scipyScript = fileURLToPath(new URL('../../tests/bench/scipy/preparation.py', import.meta.url))
const rounds = 3
const mebibyte = 2 ** 20

interface Step {
  readonly name: 'clean' | 'crop' | 'isotropic'
  readonly parameters: (folder: string) => readonly string[]
}

const steps: readonly Step[] = [
  {
    name: 'clean',
    parameters: (folder) => [
      ...['labels', 'clean', join(folder, 'labels.nii.gz')],
      ...['--out', join(folder, 'cleaned.nii.gz'), '--force'],
    ],
  },
  {
    name: 'crop',
    parameters: (folder) => [
      ...['crop', join(folder, 'ct.nii.gz'), '--labels', join(folder, 'cleaned.nii.gz')],
      ...['--structures', 'pelvis=1+8+9+10+11', '--padding', '5', '--out', join(folder, 'crop'), '--force'],
    ],
  },
  {
    name: 'isotropic',
    parameters: (folder) => [
      ...['isotropic', join(folder, 'ct.nii.gz'), '--labels', join(folder, 'cleaned.nii.gz')],
      ...['--spacing', '1', '--center', '--out', join(folder, 'isotropic'), '--force'],
    ],
  },
]

/**
 * The preparation steps on a CT of 512 x 512 x 300 voxels with labels, as whole processes that take turns with SciPy and
 * nibabel doing the same; skipped where these are absent. (Debian 12 has no SimpleITK to compare with.)
 */
export async function benchPreparation(): Promise<void> {
  const python = await pythonWith(['scipy.ndimage', 'nibabel'])
  heading('Preparation of a CT of 512 x 512 x 300 voxels with labels (.nii.gz), whole processes')
  if (python === undefined) {
    line('skipped', 'no python3 with scipy and nibabel to compare with')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-bench-'))
  try {
    await run(process.execPath, [largeCtWriter, folder])
    for (const step of steps) await compare(step, folder, python)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare({ name, parameters }: Step, folder: string, python: string): Promise<void> {
  const ours: Run[] = []
  const scipys: Run[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await run(process.execPath, [...nodeTellsPeakMemory, commandLine, ...parameters(folder)]))
    scipys.push(await run(python, [scipyScript, name, folder]))
  }
  const seconds = (runs: readonly Run[]) => runs.map((each) => each.seconds)
  const peak = (runs: readonly Run[]) => Math.max(...runs.map(({ peakBytes }) => peakBytes)) / mebibyte
  figure(`${name}, command line`, spreadOf(seconds(ours)), 's')
  figure(`${name}, SciPy and nibabel`, spreadOf(seconds(scipys)), 's')
  figure(`${name}, ratio`, ratioOf(seconds(ours), seconds(scipys)), '', 'at most 1.5')
  line(
    `${name}, peak memory`,
    `${peak(ours).toFixed(0)} MiB, SciPy ${peak(scipys).toFixed(0)} MiB  [aim: below 3072]`,
  )
}

interface Run {
  readonly seconds: number
  readonly peakBytes: number
}

async function run(command: string, parameters: readonly string[]): Promise<Run> {
  const { exitCode, seconds, report, errors } = await runMeasured(command, parameters)
  if (exitCode !== 0) throw new Error(`${command} ${parameters.join(' ')} failed:\n${errors}`)
  return { seconds, peakBytes: Number(report) * 1024 }
}
