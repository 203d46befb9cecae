import { decode } from 'fast-png'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { animateInputSchema } from '../../native-workers/contract/operations/animate.js'
import { sceneInputSchema } from '../../native-workers/contract/operations/scene.js'
import { animate } from '../../native-workers/evaluation/animation/animate.operation.js'
import { scene } from '../../native-workers/evaluation/scene/scene.operation.js'
import { type SavedBlobs, saveBlobRegistration } from '../../native-workers/evaluation/testing/saved-blobs.js'
import { temporaryFolder } from '../../native-workers/imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../native-workers/rendering/volume-renderers.js'
import { findElectron } from '../../scripts/support/electron-runtime.mjs'
import { repositoryRoot } from '../../scripts/support/paths.mjs'

const electron = await findElectron()
if (electron === null)
  console.info('skipped: there is no Electron here (node scripts/ensure-electron.mjs fetches one)')

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)
beforeEach(() => {
  vi.stubEnv('ISOCENTER_ELECTRON', electron?.executable ?? '')
  vi.stubEnv('ISOCENTER_ELECTRON_APP', repositoryRoot)
  // It has to work on a machine without a display.
  vi.stubEnv('DISPLAY', undefined)
  vi.stubEnv('WAYLAND_DISPLAY', undefined)
  return () => vi.unstubAllEnvs()
})

const context = (signal = new AbortController().signal) => ({
  signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
})

describe.skipIf(electron === null)('the browser engine', () => {
  it.each(['mp4', 'webm'])('encodes an animation as %s, every frame of it', async (ending) => {
    const outputPath = folder.file(`an animation.${ending}`)
    const request = { resultPath: saved.resultFolder, outputPath, framesPerSecond: 10, width: 400 }
    const output = await animate(animateInputSchema.parse(request), context())
    const source = new BufferSource(await readFile(outputPath))
    const video = await new Input({ formats: ALL_FORMATS, source }).getPrimaryVideoTrack()
    if (video === null) throw new Error('The file has no video.')
    expect([await video.getDisplayWidth(), await video.getDisplayHeight()]).toEqual([
      output.width,
      output.height,
    ])
    expect(await video.getCodec()).toBe(output.codec)
    // The answer is shown for two seconds more.
    expect((await video.computePacketStats()).packetCount).toBe(output.frames + 20)
    expect(await video.computeDuration()).toBeCloseTo((output.frames + 20) / 10, 1)
  })

  it('photographs a scene, which is neither empty nor a message', async () => {
    const request = {
      resultPath: saved.resultFolder,
      folder: folder.file('scene'),
      // The blobs are no CT.
      threshold: 0.01,
      photographSize: { width: 640, height: 480 },
    }
    const output = await scene(sceneInputSchema.parse(request), context())
    expect(output.notes).toEqual([])
    if (output.photographFile === null) throw new Error('No photograph was taken.')
    const { width, height, data, channels } = decode(await readFile(output.photographFile))
    expect([width, height]).toEqual([640, 480])
    const isBone = (n: number) => data[n] > 120 && data[n] > data[n + 2] + 10
    let bonePixels = 0
    for (let n = 0; n < data.length; n += channels) if (isBone(n)) bonePixels++
    expect(bonePixels / (width * height)).toBeGreaterThan(0.002)
    const html = await readFile(output.htmlFile, 'utf8')
    // Names of XML dialects and of documents in comments are no addresses that anything loads.
    const addresses = html.match(/(?:src|href|url\()\s*[=:]?\s*["'(]?https?:[^"')\s]*/g)
    expect(addresses).toBeNull()
  })

  it('writes the scene without its photograph where there is no engine, and says so', async () => {
    vi.stubEnv('ISOCENTER_ELECTRON', '/nowhere/electron')
    const request = { resultPath: saved.resultFolder, folder: folder.file('no photograph'), threshold: 0.01 }
    const output = await scene(sceneInputSchema.parse(request), context())
    expect(output.photographFile).toBeNull()
    expect(output.notes.join()).toContain('scene.png was not written')
    expect(await readFile(output.htmlFile, 'utf8')).toContain('Content-Security-Policy')
  })

  it('stops encoding when cancelled', async () => {
    const controller = new AbortController()
    const outputPath = folder.file('cancelled.mp4')
    const request = animateInputSchema.parse({ resultPath: saved.resultFolder, outputPath })
    const running = animate(request, {
      ...context(controller.signal),
      onProgress: ({ phase }) => {
        if (phase === 'encode') setTimeout(() => controller.abort(), 50)
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await expect(readFile(outputPath)).rejects.toThrow('ENOENT')
  })
})
