import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { runOperation } from '../../engine/run-operation.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { exitCodes } from '../exit-codes.js'
import { runCli } from '../run-cli.js'
import { recordingTerminal } from '../terminal/recording-terminal.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [6, 4, 3],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const labels = Uint8Array.from({ length: 72 }, (_, index) => (index === 71 || index < 3 ? 1 : 0))

async function run(...argv: string[]) {
  const { terminal, outText, errText } = recordingTerminal()
  const signal = new AbortController().signal
  const exitCode = await runCli(argv, { terminal, signal, runOperation })
  return { exitCode, out: outText(), err: errText() }
}

beforeAll(async () => {
  for (const name of ['ct', 'seg']) await mkdir(folder.file(name))
  for (const patient of ['p1', 'p2']) {
    await writeVolume(folder.file(`seg/${patient}.nii.gz`), { grid, voxels: labels })
    await writeVolume(folder.file(`ct/${patient}.nii.gz`), { grid, voxels: Int16Array.from(labels) })
  }
  await writeFile(folder.file('seg/p3.nii'), 'not a label map')
})

describe('labels clean', () => {
  it('cleans one map into one file and prints what was found', async () => {
    const { exitCode, out, err } = await run(
      ...['labels', 'clean', folder.file('seg/p1.nii.gz'), '--labels', '1,2'],
      ...['--out', folder.file('one.nii.gz')],
    )
    expect(exitCode).toBe(exitCodes.success)
    expect(out).toMatch(/^label +parts +kept .*\n +1 +2 +1 +4 +3 +0\.001\nwritten to: .*one\.nii\.gz\n$/)
    expect(err).toContain('holds no voxels of label 2')
  })

  it('goes through a folder past the bad case, also where it is its own output folder', async () => {
    const clean = () => run('labels', 'clean', folder.file('seg'), '--out', folder.file('seg'))
    expect((await clean()).exitCode).toBe(exitCodes.someFailed)
    const { out } = await clean()
    expect(out).toMatch(/p1 +up-to-date/)
    expect(out).toMatch(/p3 +failed/)
    expect(out).not.toContain('p1_cleaned')
    const summary = await readFile(folder.file('seg/summary.csv'), 'utf8')
    expect(summary.split('\r\n')[0]).toBe('case,state,seconds,labels,parts,kept,removed ml,warnings,message')
    expect(await readdir(folder.file('seg'))).toContain('p2_cleaned.nii.gz')
  })

  it('says what became of labels that were not asked for', async () => {
    const both = Uint8Array.from(labels, (label, index) => (index === 40 ? 5 : label))
    await writeVolume(folder.file('both.nii.gz'), { grid, voxels: both })
    const clean = (others: string) =>
      run(
        ...['labels', 'clean', folder.file('both.nii.gz'), '--labels', '1', '--others', others],
        ...['--out', folder.file(`${others}.nii.gz`)],
      )
    expect((await clean('drop')).out).toContain('\ndropped: labels 5\n')
    expect((await clean('keep')).out).toContain('\nkept as they are: labels 5\n')
  })

  it('refuses one file as the output of several', async () => {
    const { exitCode, err } = await run(
      'labels',
      'clean',
      folder.file('seg'),
      '--out',
      folder.file('x.nii.gz'),
    )
    expect(exitCode).toBe(exitCodes.usage)
    expect(err).toContain('Give a folder as --out')
  })
})

describe('crop', () => {
  it('pairs the volumes of a folder with the label maps of another by their names', async () => {
    const out = folder.file('crops')
    const { exitCode } = await run(
      ...['crop', folder.file('ct'), '--labels', folder.file('seg/p1.nii.gz'), folder.file('seg/p2.nii.gz')],
      ...['--structures', 'left-hip=1', '--mirror', 'left', '--padding', '0', '--out', out],
    )
    expect(exitCode).toBe(exitCodes.success)
    expect((await readdir(out)).filter((name) => name.startsWith('p2')).sort()).toEqual([
      'p2_left-hip_mirrored.nii.gz',
      'p2_left-hip_mirrored.provenance.json',
      'p2_left-hip_mirrored.tfm',
      'p2_left-hip_mirrored_labels.nii.gz',
    ])
  })

  it('says where a structure was cut and what it wrote', async () => {
    const { out } = await run(
      ...['crop', folder.file('ct/p1.nii.gz'), '--labels', folder.file('seg/p1.nii.gz')],
      ...['--structures', 'hip=1', '--padding', '1', '--out', folder.file('cut')],
    )
    expect(out).toContain('6 x 4 x 3 voxels from (0, 0, 0)')
    expect(out).toContain('1.0 mm less at the right end of the CT')
  })

  it('cuts out a box without a label map, in voxels or in mm', async () => {
    const ct = folder.file('ct/p1.nii.gz')
    const inVoxels = await run('crop', ct, '--box', '1,0,0,4,2,1', '--out', folder.file('box'))
    expect(inVoxels.out).toContain('4 x 3 x 2 voxels from (1, 0, 0)')
    expect((await readdir(folder.file('box'))).sort()).toEqual(['p1_box.nii.gz', 'p1_box.provenance.json'])
    const inMm = await run(
      ...['crop', ct, '--labels', folder.file('seg/p1.nii.gz'), '--box-mm', '-3,0,0,4.2,2,1'],
      ...['--box-name', 'hip', '--out', folder.file('box')],
    )
    expect(inMm.out).toContain('5 x 3 x 2 voxels from (0, 0, 0)')
    expect(inMm.out).toContain('3.0 mm less at the right end of the CT')
    expect(inMm.out).toContain('p1_hip_labels.nii.gz')
  })

  it('says what it lacks', async () => {
    const ct = folder.file('ct/p1.nii.gz')
    const nothing = await run('crop', ct, '--out', folder.file('box'))
    expect([nothing.exitCode, nothing.err]).toEqual([exitCodes.usage, expect.stringContaining('--box-mm')])
    const unlabelled = await run('crop', ct, '--structures', '1', '--out', folder.file('box'))
    expect(unlabelled.err).toContain('Give it by --labels')
  })
})
