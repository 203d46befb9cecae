import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { animateFramesInputSchema } from '../../contract/operations/animate-frames.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { animateFrames } from './animate-frames.operation.js'
import { frameResults } from './frame-results.js'
import { gifFrames } from './testing/gif-frames.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
  for (const name of ['frame 10', 'frame 9', 'frame 1']) {
    await mkdir(folder.file(join('film', name)), { recursive: true })
    await copyFile(join(saved.resultFolder, 'result.json'), folder.file(join('film', name, 'result.json')))
  }
})
afterAll(disposeRenderers)

const run = (resultPaths: string[], options: object = {}) =>
  animateFrames(
    animateFramesInputSchema.parse({
      ...{ resultPaths, outputPath: folder.file('film.gif'), width: 320, panels: ['xray', 'drr'] },
      ...options,
    }),
    quietContext(),
  )

describe('animateFrames', () => {
  it('takes the results of a folder in the order of their numbers', async () => {
    const names = (await frameResults([folder.file('film')])).map((path) => path.split(/[\\/]/).at(-2))
    expect(names).toEqual(['frame 1', 'frame 9', 'frame 10'])
  })

  it('shows one picture to a frame, and finds its work done', async () => {
    const output = await run([folder.file('film')])
    const { frames, width } = gifFrames(await readFile(output.file))
    expect([frames.length, width, output.frames, output.seconds]).toEqual([3, 320, 3, 0.3])
    expect((await run([folder.file('film')])).isUpToDate).toBe(true)
  })

  it('refuses a single result, and an X-ray that is not there', async () => {
    await expect(run([saved.resultFolder])).rejects.toThrow('needs at least two')
    await expect(run([folder.file('film')], { viewIndex: 1 })).rejects.toThrow('has no X-ray 2')
  })
})
