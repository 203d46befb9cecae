import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addCameraOptions, cameraSources, type CameraOptions } from './camera-options.js'

function parse(...argv: string[]): CameraOptions {
  return addCameraOptions(new Command('test')).parse(argv, { from: 'user' }).opts<CameraOptions>()
}

describe('cameras from options', () => {
  it('leaves everything to the tags of a single X-ray by default', () => {
    expect(cameraSources(parse(), 1)).toEqual([{ kind: 'numbers' }])
  })

  it('replaces tags by numbers, non-square pixels and a principal point off the image included', () => {
    const options = parse('--sdd', '1020', '--pixel-spacing', '0.15,0.2', '--principal-point', '-3.5,120')
    expect(cameraSources(options, 1)).toEqual([
      { kind: 'numbers', sddMm: 1020, pixelSpacingMm: [0.15, 0.2], principalPoint: [-3.5, 120] },
    ])
  })

  it.each([[['--camera', 'a.json', 'b.txt']], [['--camera', 'a.json', '--camera', 'b.txt']]])(
    'gives each X-ray its file: %j',
    (argv) => {
      expect(cameraSources(parse(...argv), 2)).toEqual([
        { kind: 'file', path: 'a.json' },
        { kind: 'file', path: 'b.txt' },
      ])
    },
  )

  it('refuses a number of cameras that differs from the number of X-rays', () => {
    expect(() => cameraSources(parse('--camera', 'a.json', 'b.json'), 1)).toThrow(
      '2 camera files are given for 1 X-ray.',
    )
  })

  it('refuses several X-rays without their cameras', () => {
    expect(() => cameraSources(parse('--sdd', '1000'), 2)).toThrow(/how their cameras stand to each other/)
  })

  it('refuses a file and numbers together', () => {
    expect(() => cameraSources(parse('--camera', 'a.json', '--sdd', '1000'), 1)).toThrow(
      /together with --sdd/,
    )
  })
})
