import { describe, expect, it } from 'vitest'
import { caseNameOf, isInside, joinPath } from './paths.js'

describe('paths of a step', () => {
  it.each([
    ['/data/ct.nii.gz', 'ct'],
    ['/data/p01.v2.nrrd', 'p01.v2'],
    ['/data/series 4/', 'series 4'],
    ['/data/a.b/CT.NII.GZ', 'CT'],
    ['C:\\data\\ct.mha', 'ct'],
  ])('name a case as the command line does: %s', (path, name) => {
    expect(caseNameOf(path)).toBe(name)
  })

  it('lie in a folder or outside of it, also where a name only begins alike', () => {
    expect(isInside('/data/knee', '/data/knee/run/result.json')).toBe(true)
    expect(isInside('C:\\knee\\', 'C:\\knee\\result.json')).toBe(true)
    expect(isInside('/data/knee', '/data/knee 2/result.json')).toBe(false)
    expect(isInside('/data/knee', '/data/result.json')).toBe(false)
  })

  it('are joined as the folder writes them', () => {
    expect(joinPath('/out', 'crop')).toBe('/out/crop')
    expect(joinPath('/', 'crop')).toBe('/crop')
    expect(joinPath('C:\\out\\', 'crop', 'ct.nii.gz')).toBe('C:\\out\\crop\\ct.nii.gz')
  })
})
