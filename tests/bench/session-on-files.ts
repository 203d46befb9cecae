import { readFile } from 'node:fs/promises'
import { type z } from 'zod'
import { cameraSchema } from '../../native-workers/contract/files/camera.js'
import { poseSchema } from '../../native-workers/contract/files/pose.js'
import { phantomInputSchema } from '../../native-workers/contract/operations/phantom.js'
import { renderDrrInputSchema } from '../../native-workers/contract/operations/drr.js'
import { registerInputSchema } from '../../native-workers/contract/operations/register.js'
import { type OperationContext } from '../../native-workers/contract/progress.js'
import { scaleCamera } from '../../native-workers/geometry/camera.js'
import { phantom } from '../../native-workers/imaging/phantom/phantom.operation.js'
import { loadVolume } from '../../native-workers/imaging/volume-cache.js'
import { register } from '../../native-workers/registration/register.operation.js'
import { renderDrr } from '../../native-workers/rendering/render-drr.operation.js'
import { errorPoints, meanTargetError, offsetPose } from '../support/simulated-scene.js'
import { timed } from './support/timing.js'
import { type SessionFigures, type SessionTask } from './support/session-task.js'

/*
 * A child process of the bench: writes the phantom, or works on its files as the engine does and tells the peak memory,
 * which only a process of its own can tell.
 */

const context: OperationContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const previewFrames = 60

process.once('message', (task: SessionTask) => {
  const answer = task.kind === 'phantom' ? writePhantom(task) : workOnFiles(task)
  answer.then(
    (message) => {
      process.send?.(message, undefined, undefined, () => {
        process.exit(0)
      })
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

const writePhantom = ({ folder, spacingMm }: Extract<SessionTask, { kind: 'phantom' }>) =>
  phantom(phantomInputSchema.parse({ folder, spacingMm }), context)

async function workOnFiles({
  files,
  threads,
}: Extract<SessionTask, { kind: 'work' }>): Promise<SessionFigures> {
  const [view] = files.views
  const camera = await readJson(view.camera, cameraSchema)
  const truth = (await readJson(view.truth, poseSchema)).worldFromVolume
  const volumeSource = { path: files.volume }
  const read = await timed(() => loadVolume({ ...volumeSource, acceptGeometry: false }))
  const { volume } = read.result
  const start = offsetPose(truth, volume, { rotationRad: [0.12, -0.15, 0.1], translationMm: [14, -12, 18] })

  const registered = await timed(() =>
    register(
      registerInputSchema.parse({
        views: [
          {
            xray: { path: view.xray, preprocessing: { linearize: true } },
            camera: { kind: 'camera', camera },
          },
        ],
        volume: volumeSource,
        initial: { kind: 'pose', worldFromVolume: start },
        threads,
      }),
      context,
    ),
  )
  const { result } = registered.result
  const previewCamera = scaleCamera(camera, 256, 256)
  const previewMs: number[] = []
  for (let frame = 0; frame < previewFrames; frame++) {
    const worldFromVolume = offsetPose(truth, volume, {
      rotationRad: [0, frame * 0.01, 0],
      translationMm: [0, 0, 0],
    })
    const input = renderDrrInputSchema.parse({
      volume: volumeSource,
      camera: previewCamera,
      worldFromVolume,
      quality: 'preview',
      threads,
    })
    previewMs.push((await timed(() => renderDrr(input, context))).seconds * 1000)
  }
  return {
    readSeconds: read.seconds,
    registerSeconds: registered.seconds,
    secondsPerPhase: result.secondsPerPhase,
    renders: result.renders,
    verdict: result.verdict.level,
    errorMm: meanTargetError(errorPoints(volume), result.final.worldFromVolume, truth),
    previewMs,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
}

async function readJson<Output>(path: string, schema: z.ZodType<Output>): Promise<Output> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')))
}
