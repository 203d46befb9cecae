import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RegistrationResult } from '../contract/files/registration-result.js'
import { type Matrix4 } from '../contract/matrix.js'
import { type RegisterOutput } from '../contract/operations/register.js'
import { saveRegistration } from './save-registration.operation.js'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter Ergebnis '))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const worldFromVolume: Matrix4 = [
  [1, 0, 0, 1],
  [0, 1, 0, 2],
  [0, 0, 1, 3],
  [0, 0, 0, 1],
]
const result: RegistrationResult = {
  schema: 'isocenter/registration@1',
  frame: 'LPS',
  created: '2026-11-20T12:00:00Z',
  version: '0.1.0',
  initial: { worldFromVolume },
  final: { worldFromVolume },
  isocentreMm: [0, 0, 0],
  views: [],
  trajectory: [{ stage: 'fine', render: 1, seconds: 0.1, loss: 0.2, accepted: true, worldFromVolume }],
  renders: 1,
  secondsPerPhase: { fine: 0.1 },
  confidence: {
    finalLoss: 0.2,
    jackknifeMm: null,
    restartSpreadMm: null,
    antipodeMargin: null,
    expectedErrorMm: null,
    weakestDirection: null,
    depthUncertaintyMm: null,
    inPlaneUncertaintyMm: null,
    validPixelFraction: 1,
  },
  verdict: { level: 'check', reasons: ['The error was not estimated.'] },
  settings: {},
  inputs: [],
  warnings: [],
}

function output(...names: string[]): RegisterOutput {
  const pictures = names.map((name) => ({
    name,
    width: 2,
    height: 2,
    channels: 1 as const,
    pixels: new Uint8Array([0, 1, 2, 3]),
  }))
  return { result, pictures }
}

function save(saved: RegisterOutput, folder: string, signal = new AbortController().signal) {
  const context = { signal, onProgress: () => undefined, onEvent: () => undefined }
  return saveRegistration({ output: saved, folder }, context)
}

describe('saveRegistration', () => {
  it('writes the whole set into a new folder and nothing else', async () => {
    const folder = join(root, 'neu', 'Ergebnis')
    const { files } = await save(output('xray.png', 'overlay.png'), folder)
    const names = ['overlay.png', 'result.json', 'trajectory.csv', 'xray.png']
    expect((await readdir(folder)).sort()).toEqual(names)
    expect([...files].sort()).toEqual(names.map((name) => join(folder, name)))
    expect(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))).toEqual(result)
    expect([...decode(await readFile(join(folder, 'xray.png'))).data]).toEqual([0, 1, 2, 3])
  })

  it('replaces an earlier result, its further views included, and keeps what is not its own', async () => {
    await save(output('xray-1.png', 'xray-2.png'), root)
    await writeFile(join(root, 'notes.txt'), 'kept')
    await save(output('xray.png'), root)
    expect((await readdir(root)).sort()).toEqual(['notes.txt', 'result.json', 'trajectory.csv', 'xray.png'])
  })

  it('writes nothing once it is cancelled', async () => {
    const saving = save(output('xray.png'), join(root, 'result'), AbortSignal.abort())
    await expect(saving).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(root)).toEqual([])
  })

  it('refuses a picture that would leave the folder', async () => {
    await expect(save(output('../xray.png'), root)).rejects.toMatchObject({ code: 'input-invalid' })
    expect(await readdir(root)).toEqual([])
  })

  it('refuses a folder that is a file', async () => {
    await writeFile(join(root, 'result'), '')
    const saving = save(output('xray.png'), join(root, 'result'))
    await expect(saving).rejects.toMatchObject({ code: 'output-unwritable' })
  })
})
