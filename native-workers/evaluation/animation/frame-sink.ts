import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type BrowserJobOptions, runBrowserJob } from '../browser-engine/run-browser-job.js'
import { type BrowserEngine, findBrowserEngine } from '../browser-engine/find-browser-engine.js'
import { type Raster } from '../figure/canvas.js'
import { GifWriter } from './gif-writer.js'

/** Takes the frames of an animation in turn and makes its file. */
export interface FrameSink {
  add(raster: Raster, isLast: boolean): Promise<void>
  /** Writes the file; returns a video's codec. */
  finish(path: string, options: BrowserJobOptions): Promise<string | null>
  /** Frees what was kept meanwhile; also after a failure. */
  dispose(): Promise<void>
}

export interface AnimationShape {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** How long the last frame is shown; `lastFrameSeconds` when absent. */
  readonly lastSeconds?: number
}

/** How long the answer is shown before an animation ends or begins again. */
export const lastFrameSeconds = 2

type Container = 'mp4' | 'webm'

/** What makes animations of a file's format. Errors: `format-unsupported`, `runtime-missing` (a video's codec). */
export function sinkMaker(path: string): (shape: AnimationShape) => Promise<FrameSink> {
  const ending = extname(path).toLowerCase()
  if (ending === '.gif') return (shape) => Promise.resolve(gifSink(shape))
  if (ending === '.mp4' || ending === '.webm') {
    const engine = requireBrowserEngine(ending)
    return (shape) => videoSink(engine, ending === '.mp4' ? 'mp4' : 'webm', shape)
  }
  throw new UserError(
    'format-unsupported',
    `An animation can't be written to "${path}": its ending is not known.`,
    'Use .gif, .mp4 or .webm.',
  )
}

function requireBrowserEngine(ending: string): BrowserEngine {
  const engine = findBrowserEngine()
  if (engine !== null) return engine
  throw new UserError(
    'runtime-missing',
    `${ending} files are encoded by the application's browser engine (Electron), and there is none here.`,
    'Write a .gif, which needs none; or name an Electron in ISOCENTER_ELECTRON.',
  )
}

function gifSink({
  width,
  height,
  framesPerSecond,
  lastSeconds = lastFrameSeconds,
}: AnimationShape): FrameSink {
  const writer = new GifWriter(width, height)
  return {
    add(raster, isLast) {
      writer.addFrame(raster.rgba(), isLast ? lastSeconds : 1 / framesPerSecond)
      return Promise.resolve()
    },
    async finish(path) {
      await writeFile(path, writer.finish())
      return null
    },
    dispose: () => Promise.resolve(),
  }
}

async function videoSink(
  engine: BrowserEngine,
  container: Container,
  { width, height, framesPerSecond, lastSeconds = lastFrameSeconds }: AnimationShape,
): Promise<FrameSink> {
  const framesFolder = await mkdtemp(join(tmpdir(), 'isocenter-frames-'))
  let frameCount = 0
  return {
    async add(raster) {
      await writeFile(join(framesFolder, `${frameCount++}.png`), await raster.png())
    },
    async finish(outputPath, options) {
      // The last frame itself is one of them where it is shown no longer than the others.
      const lastFrameRepeats = Math.max(0, Math.round(lastSeconds * framesPerSecond))
      const size = { width, height }
      const job = { framesFolder, frameCount, lastFrameRepeats, framesPerSecond, size, container, outputPath }
      const { codec } = await runBrowserJob(engine, { kind: 'encode-video', ...job }, options)
      return codec ?? null
    },
    dispose: () => rm(framesFolder, { recursive: true, force: true }),
  }
}
