import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, isocenter, isocenterSucceeds } from './support/cli.js'
import { ctSliceBytes, type CtSlice } from './support/dicom.js'
import { niftiBytes } from './support/nifti.js'
import { scratchFolder } from './support/scratch-folder.js'
import { writeSmallScene } from './support/small-scene.js'

const scratch = scratchFolder()
let scene = { volume: '', camera: '' }
beforeAll(async () => {
  scene = await writeSmallScene(scratch('scene'))
})

let renders = 0
/** Renders `volume`, which is enough to read it; returns the run and whether a picture was written. */
async function render(volume: string, ...options: readonly string[]) {
  const out = scratch(`drr ${++renders}.mha`)
  const run = await isocenter(['drr', '--volume', volume, '--camera', scene.camera, '--out', out, ...options])
  return { run, isWritten: existsSync(out) }
}

async function expectRefused(
  volume: string,
  exitCode: number,
  sentence: RegExp,
  ...options: readonly string[]
) {
  const { run, isWritten } = await render(volume, ...options)
  expectRefusal(run, exitCode, sentence)
  expect(isWritten).toBe(false)
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(scratch(name), bytes)
  return scratch(name)
}

async function series(name: string, slices: readonly CtSlice[]): Promise<string> {
  const folder = scratch(name)
  await mkdir(folder, { recursive: true })
  await Promise.all(
    slices.map((slice) =>
      writeFile(join(folder, `Schicht ${slice.series ?? 1}-${slice.index}.dcm`), ctSliceBytes(slice)),
    ),
  )
  return folder
}

const straight = (count: number, series = 1): CtSlice[] =>
  Array.from({ length: count }, (_, index) => ({ series, index, position: [-92, -92, 5 * index] }))

describe('single files', () => {
  it('refuses what is not there', () => expectRefused(scratch('nothing.nii'), 3, /does not exist/))

  it('refuses a NIfTI that is cut off', async () => {
    const whole = await readFile(scene.volume)
    await expectRefused(
      await file('cut.nii', whole.subarray(0, whole.length / 2)),
      5,
      /"cut\.nii" is incomplete/,
    )
  })

  it('refuses a compressed NIfTI that is cut off', async () => {
    const whole = gzipSync(await readFile(scene.volume))
    await expectRefused(
      await file('cut.nii.gz', whole.subarray(0, whole.length / 2)),
      5,
      /incomplete|break off/,
    )
  })

  it('refuses voxels that are not numbers, and says which', async () => {
    const values = new Float32Array(512)
    values[73] = Number.NaN
    const bytes = niftiBytes({ size: [8, 8, 8], values })
    await expectRefused(await file('nan.nii', bytes), 11, /1 value .*not a finite number.*\(1, 1, 1\)/)
  })

  it('refuses two and four dimensions', async () => {
    const flat = niftiBytes({ size: [16, 16], values: new Float32Array(256) })
    await expectRefused(await file('flat.nii', flat), 7, /"flat\.nii" is not a volume/)
    const film = niftiBytes({ size: [8, 8, 8, 3], values: new Float32Array(1536) })
    await expectRefused(await file('film.nii', film), 7, /"film\.nii" is not a volume/)
  })

  it('refuses text that is named like a volume', async () => {
    await expectRefused(await file('text.nii', Buffer.from('not a volume')), 4, /text\.nii/)
  })
})

describe('DICOM folders', () => {
  it('reads a whole series', async () => {
    const { run, isWritten } = await render(await series('whole', straight(12)))
    expect(run.stderr).not.toMatch(/error|warning/)
    expect(run.exitCode).toBe(0)
    expect(isWritten).toBe(true)
  })

  it('refuses an empty folder', async () => {
    await expectRefused(await series('empty', []), 4, /holds no/)
  })

  it('refuses a slice that is cut off', async () => {
    const folder = await series('cut', straight(6))
    const bytes = ctSliceBytes({ index: 3, position: [-92, -92, 15] })
    await writeFile(join(folder, 'Schicht 1-3.dcm'), bytes.subarray(0, bytes.length - 300))
    await expectRefused(folder, 5, /Schicht 1-3\.dcm.*incomplete/)
  })

  it('asks which of two series is meant, and takes the one that is named', async () => {
    const folder = await series('two', [...straight(8, 1), ...straight(9, 2)])
    const { run } = await render(folder)
    expectRefusal(run, 2, /holds 2 series/)
    const uid = /[\d.]+\.4\.2\b/.exec(run.stderr)?.[0] ?? ''
    const out = scratch('second.mha')
    const argv = ['drr', '--volume', folder, '--series', uid, '--camera', scene.camera, '--out', out]
    await isocenterSucceeds(argv)
    expect(existsSync(out)).toBe(true)
  })

  it('stops at a missing slice until the person accepts it', async () => {
    const folder = await series(
      'gap',
      straight(12).filter(({ index }) => index !== 5),
    )
    const { run } = await render(folder)
    expectRefusal(run, 10, /missing|gap/i)
    expect(run.stderr).toMatch(/hint: .*--accept-geometry|hint: .*accept/i)
    const out = scratch('gap.mha')
    const argv = ['drr', '--volume', folder, '--accept-geometry', '--camera', scene.camera, '--out', out]
    expect((await isocenterSucceeds(argv)).stderr).toMatch(/missing|gap/i)
  })

  it('stops at a tilted gantry', async () => {
    const tan = Math.tan((15 * Math.PI) / 180)
    const tilted = straight(10).map((slice): CtSlice => {
      const z = slice.position[2]
      return { ...slice, position: [-92, z * tan - 92, z], gantryTiltDeg: 15 }
    })
    await expectRefused(await series('tilt', tilted), 10, /tilt/i)
  })
})

describe('info', () => {
  it('states the findings without failing on them', async () => {
    const folder = await series(
      'gap for info',
      straight(12).filter(({ index }) => index !== 5),
    )
    const { stdout } = await isocenterSucceeds(['info', folder])
    expect(stdout).toMatch(/missing|gap/i)
  })
})
