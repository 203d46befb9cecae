import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AllowedPaths } from './allowed-paths.js'

let root = ''

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'isocenter paths ü ')))
  for (const folder of ['series', 'series-of-another', 'results']) mkdirSync(join(root, folder))
  for (const file of ['ct.nii', 'ct.nii.secret', 'series/1.dcm', 'series-of-another/1.dcm'])
    writeFileSync(join(root, file), '')
  symlinkSync(join(root, 'series-of-another'), join(root, 'series', 'link'))
  symlinkSync(join(root, 'series'), join(root, 'alias'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function allowing(...inputs: string[]): AllowedPaths {
  const allowed = new AllowedPaths()
  for (const input of inputs) allowed.allowInput(join(root, input))
  return allowed
}

describe('AllowedPaths', () => {
  it('allows a chosen file and no file whose name only begins like it', () => {
    const allowed = allowing('ct.nii')
    expect(() => allowed.assertInput(join(root, 'ct.nii'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'series', '..', 'ct.nii'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'ct.nii.secret'))).toThrow(/was not opened in this window/)
    expect(() => allowed.assertInput(root)).toThrow()
  })

  it('allows what lies in a chosen folder and nothing beside it', () => {
    const allowed = allowing('series')
    expect(() => allowed.assertInput(join(root, 'series'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'series', '1.dcm'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'series', 'not there.dcm'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'series-of-another', '1.dcm'))).toThrow()
    expect(() => allowed.assertInput(`${join(root, 'series')}/../ct.nii`)).toThrow()
  })

  it('follows links, both of the chosen path and of the named one', () => {
    expect(() => allowing('alias').assertInput(join(root, 'series', '1.dcm'))).not.toThrow()
    expect(() => allowing('series').assertInput(join(root, 'series', 'link', '1.dcm'))).toThrow()
  })

  it('lets results be written only in a folder chosen for them', () => {
    const allowed = allowing('series')
    allowed.allowOutputFolder(join(root, 'results'))
    expect(() => allowed.assertOutputFolder(join(root, 'results', 'new'))).not.toThrow()
    expect(() => allowed.assertInput(join(root, 'results', 'result.json'))).not.toThrow()
    expect(() => allowed.assertOutputFolder(join(root, 'series'))).toThrow(
      /not chosen as a folder for results/,
    )
  })
})
