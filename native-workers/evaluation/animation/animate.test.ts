import { readdir, readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { animateInputSchema } from '../../contract/operations/animate.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { animate } from './animate.operation.js'
import { gifFrames, type ShownFrame } from './testing/gif-frames.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)
afterEach(() => vi.unstubAllEnvs())

function run(outputPath: string, options: object = {}, controller = new AbortController()) {
  const input = animateInputSchema.parse({
    resultPath: saved.resultFolder,
    outputPath,
    width: 480,
    ...options,
  })
  const phases: string[] = []
  const context = {
    signal: controller.signal,
    onProgress: ({ phase }: { phase: string }) => {
      phases.push(phase)
      if (phase === 'draw' && options === cancelling) controller.abort()
    },
    onEvent: () => undefined,
  }
  return animate(input, context).then((output) => ({ output, phases }))
}
const cancelling = {}

describe('animate', () => {
  it('draws the start, every step and the answer, and finds its work done the second time', async () => {
    const path = folder.file('all.gif')
    const { output, phases } = await run(path)
    const { result } = await readSavedRegistration(saved.resultFolder)
    const { width, height, frames } = gifFrames(await readFile(path))
    expect(frames).toHaveLength(result.trajectory.length + 2)
    expect({ width, height }).toEqual({ width: output.width, height: output.height })
    expect([width % 2, height % 2, width]).toEqual([0, 0, 480])
    expect(frames.at(-1)?.delaySeconds).toBe(2)
    expect([...new Set(phases)]).toEqual(['open', 'draw', 'encode'])
    expect((await run(path)).output).toEqual({ ...output, isUpToDate: true })
  })

  it('shows the X-ray as it stays, and a DRR that comes to look like it', async () => {
    const path = folder.file('two panels.gif')
    await run(path, { panels: ['xray', 'drr'] })
    const { width, frames } = gifFrames(await readFile(path))
    const [first, last] = [frames[0], frames[frames.length - 1]]
    const half = width / 2
    /** Greys of a square of 160 pixels inside the left or the right panel. */
    const square = ({ rgb }: ShownFrame, left: number) =>
      Array.from(
        { length: 160 * 160 },
        (_, n) => rgb[3 * ((60 + Math.floor(n / 160)) * width + left + (n % 160))],
      )
    const difference = (a: number[], b: number[]) =>
      a.reduce((sum, value, n) => sum + Math.abs(value - b[n]), 0) / a.length
    expect(square(first, 40)).toEqual(square(last, 40))
    const panelDistance = half - 3
    const atEnd = difference(square(last, 40), square(last, 40 + panelDistance))
    expect(atEnd).toBeLessThan(difference(square(first, 40), square(first, 40 + panelDistance)))
  })

  it('refuses unknown endings, absent views, and videos where nothing can encode them', async () => {
    vi.stubEnv('ISOCENTER_ELECTRON', '/nowhere/electron')
    await expect(run(folder.file('a.avi'))).rejects.toMatchObject({ code: 'format-unsupported' })
    await expect(run(folder.file('a.gif'), { viewIndex: 1 })).rejects.toThrow('There is no view 2')
    await expect(run(folder.file('a.mp4'))).rejects.toMatchObject({
      code: 'runtime-missing',
      hint: 'Write a .gif, which needs none; or name an Electron in ISOCENTER_ELECTRON.',
    })
  })

  it('stops when cancelled and leaves nothing', async () => {
    await expect(run(folder.file('cancelled.gif'), cancelling)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readdir(folder.path)).filter((name) => name.includes('cancelled'))).toEqual([])
  })
})
