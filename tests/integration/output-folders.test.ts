import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { encode } from 'fast-png'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, isocenter } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'
import { writeSmallScene } from './support/small-scene.js'

const scratch = scratchFolder()
let inputs: string[] = []
beforeAll(async () => {
  const { volume, camera } = await writeSmallScene(scratch('scene'))
  inputs = ['--volume', volume, '--camera', camera]
  const data = Uint16Array.from({ length: 64 * 64 }, (_, index) => (index * 37) % 60000)
  await writeFile(scratch('xray.png'), encode({ width: 64, height: 64, data, channels: 1, depth: 16 }))
  await writeFile(scratch('a file'), 'kept')
})

describe('an output that cannot be written', () => {
  it('is refused before the registration starts', async () => {
    const run = await isocenter(['register', scratch('xray.png'), ...inputs, '--out', scratch('a file')])
    expectRefusal(run, 13, /"a file" is a file|a file" is a file/)
    // Nothing was computed: no phase of the work was reported.
    expect(run.stderr.split('\n').filter((line) => /\(\d.* s\)$/.test(line))).toEqual([])
    expect((await readdir(scratch())).sort()).toEqual(['a file', 'scene', 'xray.png'])
  })

  it.skipIf(process.platform !== 'linux')('is refused on a file system that takes no folders', async () => {
    const register = await isocenter(['register', scratch('xray.png'), ...inputs, '--out', '/proc/isocenter'])
    expectRefusal(register, 13, /could not be written/)
    const drr = await isocenter(['drr', ...inputs, '--out', '/proc/isocenter/drr.png'])
    expectRefusal(drr, 13, /could not be written/)
    const phantom = await isocenter(['phantom', '--out', '/proc/isocenter'])
    expectRefusal(phantom, 13, /could not be written/)
    expect(existsSync('/proc/isocenter')).toBe(false)
  })
})
