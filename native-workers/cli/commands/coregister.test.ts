import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Volume } from '../../imaging/volume.js'
import { motionAbout, movedCopy } from '../../imaging/coregister/testing/moved-copies.js'
import { anatomySolids, scannedBox } from '../../imaging/phantom/anatomy/anatomy.js'
import { phantomOriginMm } from '../../imaging/phantom/sample-views.js'
import { scanPhantom } from '../../imaging/phantom/scan.js'
import { seededNoise } from '../../imaging/phantom/seeded-noise.js'
import { runOperation } from '../../engine/run-operation.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { exitCodes } from '../exit-codes.js'
import { runCli } from '../run-cli.js'
import { recordingTerminal } from '../terminal/recording-terminal.js'

const folder = temporaryFolder({ beforeAll, afterAll })

async function run(...argv: string[]) {
  const { terminal, outText, errText } = recordingTerminal()
  const signal = new AbortController().signal
  const exitCode = await runCli(argv, { terminal, signal, runOperation })
  return { exitCode, out: outText(), err: errText() }
}

beforeAll(async () => {
  const settings = { spacingMm: 6, box: scannedBox, phantomOriginMm }
  const { signal } = new AbortController()
  const { volume } = await scanPhantom(anatomySolids(), settings, seededNoise(1), signal, () => undefined)
  const flat: Volume = { grid: volume.grid, voxels: new Int16Array(volume.voxels.length) }
  await writeVolume(folder.file('a reference.nii.gz'), volume)
  await writeVolume(folder.file('b moved.nii.gz'), movedCopy(volume, motionAbout(volume, 4, 6)))
  await writeVolume(folder.file('c flat.nii.gz'), flat)
})

const reference = () => folder.file('a reference.nii.gz')

describe('coregister', () => {
  it('goes through a folder without the reference, past the bad case, into one table', async () => {
    const argv = ['coregister', folder.path, '--reference', reference(), '--no-search']
    const { exitCode, out } = await run(...argv, '--out', folder.file('out'))
    expect(exitCode).toBe(exitCodes.someFailed)
    expect(out).toMatch(/b moved +done +[\d.]+ +yes +[34]\.\d+ +[56]\.\d+/)
    expect(out).toMatch(/c flat +failed .*same value everywhere/)
    expect(out).not.toContain('a reference')
    const summary = await readFile(folder.file('out/summary.csv'), 'utf8')
    expect(summary.split('\r\n')).toHaveLength(4)
    await copyFile(folder.file('out/b moved_registered.nii.gz'), folder.file('b moved_registered.nii.gz'))
    const again = await run(...argv, '--out', folder.file('out'))
    expect(again.out).not.toContain('b moved_registered ')
    expect(again.out).toMatch(/b moved +up-to-date/)
  })

  it('refuses the reference alone, and labels that do not pair', async () => {
    const alone = await run('coregister', reference(), '--reference', reference(), '--out', folder.file('x'))
    expect(alone.exitCode).toBe(exitCodes.usage)
    expect(alone.err).toContain('No CT is given beside the reference')
    const moved = folder.file('b moved.nii.gz')
    const labels = await run(
      ...['coregister', moved, '--reference', reference(), '--out', folder.file('x')],
      ...['--labels', moved, moved],
    )
    expect(labels.err).toContain('2 label maps are given for 1 volume')
  })
})

describe('pose transform', () => {
  it('takes the transform, and drr and register know the options', async () => {
    const identity = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => Number(row === column)))
    const pose = { schema: 'isocenter/pose@1', frame: 'LPS', worldFromVolume: identity }
    await writeFile(folder.file('reference.pose.json'), JSON.stringify(pose))
    await copyFile(folder.file('out/b moved.tfm'), folder.file('warp.tfm'))
    const argv = ['pose', 'transform', folder.file('reference.pose.json'), '--warp', folder.file('warp.tfm')]
    const there = await run(...argv, '--out', folder.file('there.pose.json'))
    expect(there.exitCode).toBe(exitCodes.success)
    expect(there.out).toMatch(/^pose +.*there\.pose\.json\nworldFromVolume/)
    const back = await run(
      ...['pose', 'transform', folder.file('there.pose.json'), '--warp', folder.file('warp.tfm'), '--invert'],
      ...['--out', folder.file('back.pose.json'), '--json'],
    )
    const found = JSON.parse(back.out) as { worldFromVolume: number[][] }
    found.worldFromVolume.forEach((row, r) => {
      row.forEach((value, c) => {
        expect(value).toBeCloseTo(identity[r][c], 9)
      })
    })
  })

  it('does nothing with a transform but without the pose it is for', async () => {
    const camera = folder.file('camera.json')
    await writeFile(camera, JSON.stringify(cameraFile))
    const drr = ['drr', '--volume', reference(), '--camera', camera, '--out', folder.file('drr.tiff')]
    const noPose = await run(...drr, '--warp', folder.file('warp.tfm'))
    expect(noPose.err).toContain('--warp is given without the pose')
    const alone = await run(...drr, '--invert-warp')
    expect(alone.err).toContain('--invert-warp is given without --warp')
  })
})

const cameraFile = {
  schema: 'isocenter/camera@1',
  frame: 'LPS',
  imageSize: { width: 32, height: 32 },
  intrinsics: [
    [300, 0, 15.5],
    [0, 300, 15.5],
    [0, 0, 1],
  ],
  pixelSpacingMm: [4, 4],
  cameraFromWorld: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
}
