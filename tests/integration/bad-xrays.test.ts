import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { encode } from 'fast-png'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, isocenter } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'
import { camera, writeSmallScene } from './support/small-scene.js'

const scratch = scratchFolder()
let scene = { volume: '', camera: '' }
let xray = ''
beforeAll(async () => {
  scene = await writeSmallScene(scratch('scene'))
  xray = scratch('Röntgen 1.png')
  const data = Uint16Array.from({ length: 64 * 64 }, (_, index) => (index * 37) % 60000)
  await writeFile(xray, encode({ width: 64, height: 64, data, channels: 1, depth: 16 }))
})

async function expectRefused(
  exitCode: number,
  sentence: RegExp,
  xrays: readonly string[],
  ...options: readonly string[]
) {
  const out = scratch('result')
  const run = await isocenter(['register', ...xrays, '--volume', scene.volume, '--out', out, ...options])
  expectRefusal(run, exitCode, sentence)
  expect(existsSync(out)).toBe(false)
  return run
}

async function cameraFile(name: string, change: Partial<typeof camera>): Promise<string> {
  await writeFile(scratch(name), JSON.stringify({ ...camera, ...change }))
  return scratch(name)
}

describe('X-rays', () => {
  it('refuses one that is not there', () =>
    expectRefused(3, /does not exist/, [scratch('no.png')], '--camera', scene.camera))

  it('says which option gives the geometry that a picture lacks', async () => {
    const both = await expectRefused(8, /pixel spacing|distance/i, [xray])
    expect(both.stderr).toMatch(/--sdd/)
    expect(both.stderr).toMatch(/--pixel-spacing/)
    const spacing = await expectRefused(8, /pixel spacing/i, [xray], '--sdd', '1000')
    expect(spacing.stderr).toMatch(/--pixel-spacing/)
    const distance = await expectRefused(8, /distance/i, [xray], '--pixel-spacing', '0.5,0.5')
    expect(distance.stderr).toMatch(/--sdd/)
  })

  it('refuses a picture that is cut off', async () => {
    const whole = await readFile(xray)
    await writeFile(scratch('cut.png'), whole.subarray(0, whole.length / 2))
    const run = await isocenter([
      'register',
      scratch('cut.png'),
      '--volume',
      scene.volume,
      '--camera',
      scene.camera,
      '--out',
      scratch('result'),
    ])
    expect([4, 5]).toContain(run.exitCode)
    expectRefusal(run, run.exitCode ?? 0, /cut\.png/)
  })
})

describe('cameras', () => {
  it('refuses a singular camera matrix', async () => {
    const cameraFromWorld = [
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 1, 500],
      [0, 0, 0, 1],
    ] as const
    const path = await cameraFile('singular.camera.json', { cameraFromWorld })
    await expectRefused(9, /cameraFromWorld|camera/i, [xray], '--camera', path)
  })

  it('refuses intrinsics without a focal length', async () => {
    const intrinsics = [
      [0, 0, 32],
      [0, 320, 32],
      [0, 0, 1],
    ] as const
    const path = await cameraFile('flat.camera.json', { intrinsics })
    await expectRefused(9, /focal|intrinsics|singular/i, [xray], '--camera', path)
  })

  it('refuses a camera of another image size', async () => {
    const path = await cameraFile('large.camera.json', { imageSize: { width: 128, height: 64 } })
    await expectRefused(9, /128/, [xray], '--camera', path)
  })

  it('refuses a camera file that holds something else', async () => {
    await writeFile(scratch('pose.json'), '{"schema":"isocenter/pose@1"}')
    await expectRefused(7, /pose\.json/, [xray], '--camera', scratch('pose.json'))
  })
})

describe('starts', () => {
  it('refuses a pose that is not rigid', async () => {
    const worldFromVolume = [
      [2, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]
    const pose = { schema: 'isocenter/pose@1', frame: 'LPS', worldFromVolume }
    await writeFile(scratch('stretched.pose.json'), JSON.stringify(pose))
    const options = ['--camera', scene.camera, '--init', 'fixed', '--pose', scratch('stretched.pose.json')]
    await expectRefused(9, /not a rotation and translation/, [xray], ...options)
  })

  it('refuses three landmarks', async () => {
    const names = ['a', 'b', 'c']
    const points = names.map((name, index) => ({ name, position: [index, index * index, 5] }))
    const pixels = names.map((name, index) => ({ name, pixel: [10 * index, 5 * index * index] }))
    await writeFile(
      scratch('3d.json'),
      JSON.stringify({ schema: 'isocenter/points@1', frame: 'LPS', points }),
    )
    await writeFile(
      scratch('2d.json'),
      JSON.stringify({ schema: 'isocenter/image-points@1', points: pixels }),
    )
    const options = ['--landmarks-3d', scratch('3d.json'), '--landmarks-2d', scratch('2d.json')]
    await expectRefused(
      2,
      /landmark|point|pair/i,
      [xray],
      '--camera',
      scene.camera,
      '--init',
      'landmarks',
      ...options,
    )
  })
})
