import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import {
  addInitialPoseOptions,
  initialPose,
  type InitialPoseFiles,
  type InitialPoseOptions,
} from './initial-pose-options.js'
import { addPoseOptions } from './pose-options.js'

const worldFromVolume: Matrix4 = [
  [1, 0, 0, 5],
  [0, 1, 0, -6],
  [0, 0, 1, 7],
  [0, 0, 0, 1],
]
const files: InitialPoseFiles = {
  readPose: (path) =>
    path === 'start.pose.json' ? Promise.resolve(worldFromVolume) : Promise.reject(new Error(path)),
  readPoints: (path) =>
    Promise.resolve({
      schema: 'isocenter/points@1',
      frame: 'LPS',
      points: [{ name: path, position: [1, 2, 3] }],
    }),
  readImagePoints: (path) =>
    Promise.resolve({ schema: 'isocenter/image-points@1', points: [{ name: path, pixel: [4, 5] }] }),
}

function parse(...argv: string[]) {
  const command = addPoseOptions(addInitialPoseOptions(new Command('test')), 'Pose:')
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  return initialPose(command.parse(argv, { from: 'user' }).opts<InitialPoseOptions>(), files)
}

describe('the start of a registration from options', () => {
  it('searches by default, both sides, with the range left to the contract', async () => {
    expect(await parse()).toEqual({ kind: 'search', antipode: true })
  })

  it('reads ranges, a nominal view and the antipode', async () => {
    const argv = ['--range-rotation', '30,0,15', '--range-translation', '50,50,150', '--no-antipode']
    const nominal = ['--rotation', '0,0,0', '--translation', '0,-800,0', '--orientation', 'PA']
    expect(await parse(...argv, ...nominal)).toEqual({
      kind: 'search',
      antipode: false,
      rangeRotationDeg: [30, 0, 15],
      rangeTranslationMm: [50, 50, 150],
      nominal: { rotationDeg: [0, 0, 0], translationMm: [0, -800, 0], orientation: 'PA', reverseXAxis: true },
    })
  })

  it('takes networks by their checkpoints', async () => {
    expect(await parse('--init', 'model', '-c', 'a', 'b/0002.json', '--init-only')).toEqual({
      kind: 'model',
      checkpoints: ['a', 'b/0002.json'],
      initOnly: true,
    })
    await expect(parse('--init', 'model')).rejects.toThrow('--ckptpath')
    await expect(parse('--ckptpath', 'a')).rejects.toThrow('--ckptpath has no effect with --init search')
  })

  it('takes a fixed pose from a file as worldFromVolume', async () => {
    expect(await parse('--init', 'fixed', '--pose', 'start.pose.json')).toEqual({
      kind: 'pose',
      worldFromVolume,
    })
  })

  it('takes a fixed pose from numbers that begin with a minus', async () => {
    const numbers = ['--rotation', '-30,10,-5', '--translation', '-12,800,-7', '--no-reverse-x-axis']
    expect(await parse('--init', 'fixed', ...numbers)).toEqual({
      kind: 'fixed',
      rotationDeg: [-30, 10, -5],
      translationMm: [-12, 800, -7],
      orientation: 'AP',
      reverseXAxis: false,
    })
  })

  it('reads the landmark files, one per X-ray', async () => {
    const argv = ['--init', 'landmarks', '--landmarks-3d', 'a.json', '--landmarks-2d', 'b.json']
    expect(await parse(...argv, 'c.json')).toMatchObject({
      kind: 'landmarks',
      points3d: { points: [{ name: 'a.json' }] },
      points2d: [{ points: [{ name: 'b.json' }] }, { points: [{ name: 'c.json' }] }],
    })
  })

  it.each([
    [['--init', 'fixed'], /--init fixed needs --pose, or --rotation and --translation/],
    [['--init', 'fixed', '--rotation', '0,0,0'], /--rotation is given without --translation/],
    [['--init', 'landmarks', '--landmarks-3d', 'a'], /--init landmarks needs --landmarks-2d/],
    [['--init', 'fixed', '--pose', 'p', '--translation', '0,0,0'], /pose file is given together with/],
    [
      ['--init', 'fixed', '--pose', 'p', '--range-rotation', '1,1,1'],
      /--range-rotation has no effect with --init fixed/,
    ],
    [['--init', 'dicom', '--pose', 'p'], /--pose has no effect with --init dicom/],
    [['--landmarks-2d', 'b'], /--landmarks-2d has no effect with --init search/],
  ])('refuses %j', async (argv, message) => {
    await expect(parse(...argv)).rejects.toThrow(message)
    await expect(parse(...argv)).rejects.toMatchObject({ code: 'input-invalid' })
  })
})
