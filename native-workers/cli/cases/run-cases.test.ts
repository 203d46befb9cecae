import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runOperation } from '../../engine/run-operation.js'
import { exitCodes } from '../exit-codes.js'
import { createSession } from '../session.js'
import { recordingTerminal } from '../terminal/recording-terminal.js'
import { caseFiles, caseName } from './case-files.js'
import { runCases } from './run-cases.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter Fälle '))
  await writeFile(join(folder, 'b.json'), '{ "schema": "isocenter/points@1", "frame": "LPS", "points": [] }')
  await writeFile(join(folder, 'a.json'), 'neither JSON nor anything')
  await writeFile(join(folder, 'c.txt'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('runCases', () => {
  it('goes on after a bad case, says what was wrong with it, and keeps the table', async () => {
    const { terminal, outText } = recordingTerminal()
    const session = createSession({ terminal, signal: new AbortController().signal, runOperation }, false)
    const paths = await caseFiles([folder], ['.json'])
    expect(paths.map(caseName)).toEqual(['a', 'b'])
    const cases = paths.map((path) => ({ name: caseName(path), input: { path } }))
    const summaryPath = join(folder, 'not there yet', 'summary.csv')
    const report = { columns: ['kind'], cells: ({ kind }: { kind: string }) => [kind], summaryPath }
    expect(await runCases(session, 'info', cases, report)).toBe(exitCodes.someFailed)
    const lines = (await readFile(summaryPath, 'utf8')).trim().split('\r\n')
    expect(lines[0]).toBe('case,state,seconds,kind,message')
    expect(lines[1]).toMatch(/^a,failed,[\d.]+,,\S/)
    expect(lines[2]).toMatch(/^b,done,[\d.]+,points,$/)
    expect(outText()).toContain('failed')
  })

  it('names a folder that has nothing to offer', async () => {
    await expect(caseFiles([folder], ['.nii'])).rejects.toThrow('holds no file ending in .nii')
  })
})

describe('caseName', () => {
  it('takes folder and ending away', () => {
    expect(['x/ct.nii.gz', 'ct.mha', 'p.12/scan.v2.nii', 'folder'].map(caseName)).toEqual([
      'ct',
      'ct',
      'scan.v2',
      'folder',
    ])
  })
})
