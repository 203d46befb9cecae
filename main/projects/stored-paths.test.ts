import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTooWide, pathFromStored, storedPath } from './stored-paths.js'

const folder = resolve('/data/knee ü')

describe('stored paths', () => {
  it('are relative inside the folder and lead back from where it lies now', () => {
    const stored = storedPath(folder, join(folder, 'sample', 'ct.nii.gz'))
    expect(stored).toBe('sample/ct.nii.gz')
    expect(pathFromStored(resolve('/elsewhere'), stored)).toBe(resolve('/elsewhere/sample/ct.nii.gz'))
    expect(pathFromStored(folder, storedPath(folder, folder))).toBe(folder)
  })

  it('are absolute outside, also where a name only begins alike', () => {
    const beside = resolve('/data/knee ü 2/ct.nii')
    expect(storedPath(folder, beside)).toBe(beside)
    expect(pathFromStored(folder, beside)).toBe(beside)
    expect(pathFromStored(folder, 'C:\\scans\\ct.nii')).toBe('C:\\scans\\ct.nii')
  })

  it('must not lead out of the folder', () => {
    expect(() => pathFromStored(folder, 'a/../../secret')).toThrow(/leads out/)
  })
})

describe('isTooWide', () => {
  it.each([
    ['/', true],
    ['/home', true],
    ['/home/me', true],
    ['/home/me/scans', false],
    ['/data', false],
  ])('%s: %s', (path, expected) => {
    expect(isTooWide(resolve(path), resolve('/home/me'))).toBe(expected)
  })
})
