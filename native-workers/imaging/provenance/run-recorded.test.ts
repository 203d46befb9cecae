import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { type RecordedStep, runRecorded } from './run-recorded.js'

const reportSchema = z.object({ letters: z.int() })
let folder = ''
let runs = 0
let step: RecordedStep = { operation: '', settings: {}, inputs: [], recordPath: '', force: false }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'Röntgen Prüf '))
  runs = 0
  await writeFile(join(folder, 'in.txt'), 'abc')
  step = {
    operation: 'upper-case',
    settings: { times: 1, left: undefined },
    inputs: [{ role: 'text', path: join(folder, 'in.txt') }],
    recordPath: join(folder, 'out', 'text.provenance.json'),
    force: false,
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const outputPath = () => join(folder, 'out', 'deep', 'text.txt')

const run = (changes: Partial<RecordedStep> = {}) =>
  runRecorded({ ...step, ...changes }, reportSchema, async (stage) => {
    runs++
    const text = await readFile(join(folder, 'in.txt'), 'utf8')
    await writeFile(await stage(outputPath()), text.toUpperCase())
    return { letters: text.length }
  })

describe('runRecorded', () => {
  it('writes the outputs and a record of what they were made from', async () => {
    expect(await run()).toEqual({ report: { letters: 3 }, isUpToDate: false })
    expect(await readFile(outputPath(), 'utf8')).toBe('ABC')
    const record: unknown = JSON.parse(await readFile(step.recordPath, 'utf8'))
    expect(record).toMatchObject({
      schema: 'isocenter/provenance@1',
      inputs: [{ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' }],
      outputs: [{ file: join('deep', 'text.txt'), bytes: 3 }],
    })
  })

  it('does nothing the second time, and everything again once an input, a setting or an output changed', async () => {
    await run()
    expect(await run()).toEqual({ report: { letters: 3 }, isUpToDate: true })
    expect(runs).toBe(1)
    await writeFile(join(folder, 'in.txt'), 'abcd')
    expect(await run()).toEqual({ report: { letters: 4 }, isUpToDate: false })
    expect((await run({ settings: { times: 2 } })).isUpToDate).toBe(false)
    await rm(outputPath())
    expect((await run({ settings: { times: 2 } })).isUpToDate).toBe(false)
    expect(runs).toBe(4)
  })

  it('never replaces what it did not write or what was edited since, unless told to', async () => {
    await run()
    await writeFile(outputPath(), 'edited by hand')
    await expect(run()).rejects.toMatchObject({ code: 'output-exists' })
    expect(await readFile(outputPath(), 'utf8')).toBe('edited by hand')
    await rm(step.recordPath)
    await expect(run()).rejects.toThrow('was not written by this step')
    expect((await run({ force: true })).isUpToDate).toBe(false)
    expect(await readFile(outputPath(), 'utf8')).toBe('ABC')
  })

  it('leaves nothing behind when the work fails or is cancelled', async () => {
    const failing = runRecorded(step, reportSchema, async (stage) => {
      await writeFile(await stage(outputPath()), 'half')
      throw new UserError('values-invalid', 'no')
    })
    await expect(failing).rejects.toThrow('no')
    const controller = new AbortController()
    const cancelled = runRecorded(
      step,
      reportSchema,
      async (stage) => {
        await writeFile(await stage(outputPath()), 'half')
        controller.abort()
        return { letters: 0 }
      },
      controller.signal,
    )
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).toEqual(['in.txt'])
  })
})
