import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addVolumeOptions, labelSource, volumeSource, type VolumeOptions } from './volume-options.js'
import { addXrayOptions, xraySources, type XrayOptions } from './xray-options.js'

function parseVolume(...argv: string[]): VolumeOptions {
  return addVolumeOptions(new Command('test')).parse(argv, { from: 'user' }).opts<VolumeOptions>()
}

function parseXray(...argv: string[]): XrayOptions {
  return addXrayOptions(new Command('test')).parse(argv, { from: 'user' }).opts<XrayOptions>()
}

describe('volume and labels from options', () => {
  it('reads path, spacing, series and consent', () => {
    const options = parseVolume(
      '-v',
      'Ärm CT',
      '--spacing',
      '0.4,0.4,1',
      '--series',
      '1.2',
      '--accept-geometry',
    )
    expect(volumeSource(options)).toEqual({
      path: 'Ärm CT',
      spacingMm: [0.4, 0.4, 1],
      seriesUid: '1.2',
      acceptGeometry: true,
    })
    expect(labelSource(options)).toBeUndefined()
  })

  it('reads structures', () => {
    const options = parseVolume('-v', 'ct.nii', '--labels', 'seg.nii', '--structures', '1,2')
    expect(labelSource(options)).toEqual({ path: 'seg.nii', structures: [1, 2] })
  })

  it('refuses structures without a label map', () => {
    expect(() => labelSource(parseVolume('-v', 'ct.nii', '--structures', '1'))).toThrow(/no label map/)
  })
})

describe('X-rays from options', () => {
  it('passes the preprocessing to every X-ray', () => {
    const options = parseXray('--crop', '100', '--linearize', '--subtract-background', '--frame', 'max')
    const preprocessing = { crop: 100, linearize: true, subtractBackground: true, autoMask: true }
    expect(xraySources(['a.dcm', 'b.dcm'], options)).toEqual([
      { path: 'a.dcm', frame: 'max', preprocessing },
      { path: 'b.dcm', frame: 'max', preprocessing },
    ])
  })

  it('reads a frame index and refuses other words', () => {
    expect(parseXray('--frame', '12').frame).toBe(12)
    const command = addXrayOptions(new Command('test')).exitOverride()
    command.configureOutput({ writeErr: () => undefined })
    expect(() => command.parse(['--frame', 'sum'], { from: 'user' })).toThrow(/index from 0, max or mean/)
  })

  it('pairs masks with X-rays', () => {
    const options = parseXray('--xray-mask', 'a-mask.png', 'b-mask.png', '--no-auto-mask')
    expect(xraySources(['a.png', 'b.png'], options).map(({ maskPath }) => maskPath)).toEqual([
      'a-mask.png',
      'b-mask.png',
    ])
    expect(() => xraySources(['a.png'], options)).toThrow('2 X-ray masks are given for 1 X-ray.')
  })
})
