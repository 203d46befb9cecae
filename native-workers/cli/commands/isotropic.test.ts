import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runOperation } from '../../engine/run-operation.js'
import { identity3 } from '../../geometry/matrix.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { exitCodes } from '../exit-codes.js'
import { runCli } from '../run-cli.js'
import { recordingTerminal } from '../terminal/recording-terminal.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid = {
  size: [8, 8, 4],
  spacingMm: [1, 1, 3],
  originMm: [10, 20, 30],
  direction: identity3,
} as const

beforeAll(async () => {
  for (const patient of ['p01', 'p02']) {
    await mkdir(folder.file(patient))
    await writeVolume(folder.file(`${patient}/ct.nii.gz`), { grid, voxels: new Int16Array(256).fill(40) })
  }
  await writeFile(folder.file('p02/note.nii.gz'), 'no volume')
  await mkdir(folder.file('cropped'))
})

async function isotropic(...argv: readonly string[]) {
  const { terminal, outText, errText } = recordingTerminal()
  const exitCode = await runCli(['isotropic', ...argv], {
    terminal,
    signal: new AbortController().signal,
    runOperation,
  })
  return { exitCode, out: outText(), err: errText() }
}

describe('isocenter isotropic', () => {
  it('tells what became of one CT', async () => {
    const out = folder.file('one')
    const run = await isotropic(folder.file('p01/ct.nii.gz'), '--spacing', 'min', '--center', '--out', out)
    expect(run.exitCode).toBe(exitCodes.success)
    expect(run.out).toContain('8 x 8 x 12 of 1 mm (before: 8 x 8 x 4 of 1 x 1 x 3 mm)')
    expect(run.out).toContain('moved by')
    expect(run.out).toContain('ct_centering.tfm')
  })

  it('keeps patients of the same file name apart, and goes on after a bad one', async () => {
    const out = folder.file('many')
    const run = await isotropic(folder.file('p01'), folder.file('p02'), '--spacing', '2', '--out', out)
    expect(run.exitCode).toBe(exitCodes.someFailed)
    const lines = (await readFile(folder.file('many/summary.csv'), 'utf8')).trim().split('\r\n')
    expect(lines[0]).toBe('case,state,seconds,voxels,mm,outside,warnings,message')
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['p01_ct', 'done'],
      ['p02_ct', 'done'],
      ['note', 'failed'],
    ])
  })

  it('takes the label maps that a crop left beside its CTs along, and none of them for a CT', async () => {
    const labels = Uint8Array.from({ length: 256 }, (_, n) => (n < 64 ? 3 : 0))
    for (const name of ['p1_hip', 'p1_hip_mirrored']) {
      await writeVolume(folder.file(`cropped/${name}.nii.gz`), { grid, voxels: new Int16Array(256).fill(7) })
      await writeVolume(folder.file(`cropped/${name}_labels.nii.gz`), { grid, voxels: labels })
    }
    const cropped = folder.file('cropped')
    const out = folder.file('from crops')
    const run = await isotropic(cropped, '--labels', cropped, '--spacing', '1', '--out', out)
    expect(run.exitCode, run.err).toBe(exitCodes.success)
    expect((await readdir(out)).filter((name) => name.endsWith('.nii.gz')).sort()).toEqual([
      'p1_hip_isotropic.nii.gz',
      'p1_hip_isotropic_labels.nii.gz',
      'p1_hip_mirrored_isotropic.nii.gz',
      'p1_hip_mirrored_isotropic_labels.nii.gz',
    ])
  })

  it.each([
    [['--spacing', '0'], '0 is not above 0'],
    [['--spacing', 'fine'], 'A number of millimetres, or "min"'],
    [[], "required option '--spacing"],
  ])('refuses %j', async (options, words) => {
    const run = await isotropic(folder.file('p01/ct.nii.gz'), ...options, '--out', folder.file('refused'))
    expect(run.exitCode).toBe(exitCodes.usage)
    expect(run.err).toContain(words)
  })
})
