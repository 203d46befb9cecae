import { readdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyTransformOutputSchema, readTransformOutputSchema } from '../../contract/operations/transform.js'
import { runOperation } from '../../engine/run-operation.js'
import { identity3, translation4 } from '../../geometry/matrix.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeTransformFile } from '../../imaging/transform-file/write-transform.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { exitCodes } from '../exit-codes.js'
import { runCli } from '../run-cli.js'
import { recordingTerminal } from '../terminal/recording-terminal.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid = { size: [4, 4, 4], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identity3 } as const

beforeAll(async () => {
  await writeVolume(folder.file('ct.nii.gz'), { grid, voxels: new Int16Array(64).fill(40) })
  await writeTransformFile(folder.file('a.tfm'), translation4([1, 2, 3]))
  await writeTransformFile(folder.file('b.h5'), translation4([10, 0, 0]))
})

async function transform(...argv: readonly string[]) {
  const { terminal, outText, errText } = recordingTerminal()
  const signal = new AbortController().signal
  const exitCode = await runCli(['transform', ...argv], { terminal, signal, runOperation })
  return { exitCode, out: outText(), err: errText() }
}

const shift = async (name: string) => {
  const { out } = await transform('show', folder.file(name), '--json')
  return readTransformOutputSchema.parse(JSON.parse(out)).originalFromMoved.map((row) => row[3])
}

describe('isocenter transform', () => {
  it('shows what a file holds', async () => {
    const { exitCode, out } = await transform('show', folder.file('a.tfm'))
    expect(exitCode).toBe(exitCodes.success)
    expect(out).toMatch(/kind +translation\n/)
    expect(out).toMatch(/originalFromMoved +1\.000000 +0\.000000 +0\.000000 +1\.000000\n/)
  })

  it('composes and inverts, in any form of file', async () => {
    await transform(
      'compose',
      folder.file('a.tfm'),
      folder.file('b.h5'),
      ...['--out', folder.file('both.mat')],
    )
    expect(await shift('both.mat')).toEqual([11, 2, 3, 1])
    await transform('invert', folder.file('both.mat'), '--out', folder.file('back.txt'))
    expect(await shift('back.txt')).toEqual([-11, -2, -3, 1])
  })

  it('applies one, and says how', async () => {
    const ct = folder.file('ct.nii.gz')
    const words = ['apply', ct, '--warp', folder.file('a.tfm'), '--out', folder.file('out')]
    const { exitCode, out } = await transform(...words)
    expect(exitCode).toBe(exitCodes.success)
    expect(out).toContain('unchanged; origin and directions in the header are new')
    expect((await transform(...words)).out).toContain('up to date')
    const inverted = await transform(...words, '--invert', '--method', 'resample', '--json')
    expect(applyTransformOutputSchema.parse(JSON.parse(inverted.out))).toMatchObject({
      method: 'resample',
      originalFromMoved: translation4([-1, -2, -3]),
    })
    expect(await readdir(folder.file('out'))).toContain('ct_moved.tfm')
  })

  it('refuses in words what it can’t do', async () => {
    await writeFile(folder.file('bad.tfm'), 'nothing')
    expect((await transform('show', folder.file('bad.tfm'))).err).toContain('not a readable ITK transform')
    const nothing = await transform('apply', '--warp', folder.file('a.tfm'), '--out', folder.file('out'))
    expect(nothing.err).toContain('Neither a CT nor a label map is given.')
  })
})
