import { type RegistrationResult } from '../contract/files/registration-result.js'
import { type Matrix4 } from '../contract/matrix.js'
import { type RegisterInput, type RegisterOutput } from '../contract/operations/register.js'
import { type Operation, type OperationContext } from '../contract/progress.js'
import { version } from '../contract/version.js'
import { scaleCamera } from '../geometry/camera.js'
import { assessConfidence, quickConfidence } from './confidence/assess.js'
import { verdictOf } from './confidence/verdict.js'
import { refineUnknowns } from './joint/refine-unknowns.js'
import { inputRecords, networkRecords } from './input-records.js'
import { isIsolatedObject } from './isolated-object.js'
import { bodySchedule, isolatedSchedule, type Stage } from './level-schedule.js'
import { type LoadedInputs, type LoadedView } from './load-inputs.js'
import { loadViews } from './load-views.js'
import {
  type FoundStart,
  invertedNote,
  withReadableContrast,
} from './mutual-information/readable-contrast.js'
import { chooseStart, chooseUnrefined } from './network-start/choose-start.js'
import { type NetworkStart } from './network-start/network-starts.js'
import { cameraFromVolume, poseProblem } from './pose-problem.js'
import { refinePose } from './refine-pose.js'
import { type RegistrationProgress, registrationProgress } from './registration-progress.js'
import { type RegistrationScene } from './registration-scene.js'
import { resultPictures } from './result-pictures.js'
import { runStages } from './run-stages.js'
import { findStart } from './search/find-start.js'
import { similaritiesAt } from './similarities.js'

/** Shares of a usual registration's time. */
const phases = {
  load: { from: 0, to: 0.15 },
  search: { from: 0.15, to: 0.45 },
  refine: { from: 0.45, to: 0.65 },
  unknowns: { from: 0.65, to: 0.7 },
  confidence: { from: 0.7, to: 0.92 },
  report: { from: 0.92, to: 1 },
} as const

/** Longest edge of the DRR shown while the registration runs. */
const livePictureEdge = 256

/**
 * Registers one or several calibrated X-rays to a volume (registration recipe): initial pose, coarse-to-fine
 * Levenberg-Marquardt, confidence. Deterministic for the same input. Errors: those of `loadViews`, `cancelled`.
 */
export const register: Operation<RegisterInput, RegisterOutput> = async (input, context) => {
  let showLive: (pose: Matrix4) => void = () => undefined
  const progress = registrationProgress(context, (pose) => {
    showLive(pose)
  })
  await progress.enter('load', phases.load, 'Reading X-rays and volume')
  const { loaded, start, networkStarts, views } = await loadViews(input, context.signal)
  const given = registrationScene(input, { ...loaded, views }, start.worldFromVolume)
  const stages = scheduleOf(input, given)
  showLive = livePicture(given, context)

  const isKept = input.initial.kind === 'model' && input.initial.initOnly
  const starts = { start: start.worldFromVolume, networkStarts }
  const found = await initialPose(input, given, stages, starts, progress)
  const { initial } = found
  await progress.enter('refine', phases.refine, 'Refining the pose')
  const refined = isKept
    ? found
    : await refinePose(input, found.scene, stages, found.worldFromVolume, progress.listener)
  const choices = {
    intrinsics: input.refineIntrinsics && !isKept,
    intensity: input.refineIntensity && !isKept,
  }
  if (choices.intrinsics || choices.intensity) {
    await progress.enter('unknowns', phases.unknowns, 'Refining what is not quite known of the X-rays')
  }
  const unknowns = await refineUnknowns(
    refined.scene,
    stages,
    refined.worldFromVolume,
    choices,
    progress.listener,
  )
  const { scene, worldFromVolume: pose } = unknowns
  await progress.enter('confidence', phases.confidence, 'Judging how far the answer can be trusted')
  const confidence =
    input.confidence === 'full' && !isKept
      ? await assessConfidence(scene, stages, pose, input.seed, progress.aside)
      : quickConfidence(scene, stages, pose)
  await progress.enter('report', phases.report, 'Writing pictures')
  const pictures = resultPictures(withPictures(scene, views), initial, pose)
  const before = similaritiesAt(scene, stages, initial)
  const after = similaritiesAt(scene, stages, pose)
  const inputs = [...(await inputRecords(input)), ...(await networkRecords(networkStarts))]
  progress.finish()

  const result: RegistrationResult = {
    schema: 'isocenter/registration@1',
    frame: 'LPS',
    created: new Date().toISOString(),
    version,
    initial: { worldFromVolume: initial },
    ...(networkStarts.length === 0 ? {} : { mirroredColumns: start.mirroredColumns }),
    final: { worldFromVolume: pose },
    isocentreMm: scene.problem.centreMm,
    views: scene.views.map(({ name, camera }, index) => ({
      xray: name,
      camera,
      cameraFromVolume: cameraFromVolume(camera, pose),
      similarity: { initial: before[index], final: after[index] },
      notes: [
        ...views[index].notes,
        ...(index === 0 && !start.mirroredColumns ? start.notes : []),
        ...(index === 0 ? found.notes : []),
        ...(found.inverted ? [invertedNote] : []),
        ...unknowns.notes[index],
      ],
    })),
    trajectory: progress.trajectory,
    renders: progress.renders,
    secondsPerPhase: progress.secondsPerPhase,
    confidence,
    verdict: verdictOf(confidence, scene.isolated),
    settings: input,
    inputs,
    warnings: [...loaded.warnings, ...unknowns.warnings, ...(isKept ? [keptWarning] : [])],
  }
  return { result, pictures }
}

function registrationScene(
  input: RegisterInput,
  { rendered, views, restricted }: LoadedInputs & { readonly views: readonly LoadedView[] },
  start: Matrix4,
): RegistrationScene {
  const isolated =
    restricted ||
    input.silhouetteMarginMm !== undefined ||
    (input.initial.kind !== 'search' && isIsolatedObject(rendered, views, start))
  return {
    renderer: rendered.renderer,
    levelSpacingsMm: rendered.levelSpacingsMm,
    content: isolated ? rendered.content : null,
    problem: poseProblem(isolated ? rendered.content.centreMm : rendered.isocentreMm, views[0].camera),
    views,
    isolated,
    robustScale: input.robust ? 0.2 : 0,
  }
}

function scheduleOf(input: RegisterInput, scene: RegistrationScene): Stage[] {
  if (scene.isolated) return isolatedSchedule(input.silhouetteMarginMm)
  return bodySchedule(input.metric, input.finish)
}

/** The X-rays as they were given, in a scene whose intensities were changed for the comparison. */
function withPictures(scene: RegistrationScene, given: readonly LoadedView[]): RegistrationScene {
  return { ...scene, views: scene.views.map((view, n) => ({ ...view, picture: given[n].picture })) }
}

const keptWarning = "The network's pose was kept as it is; it was not refined."

interface InitialPose extends FoundStart {
  /** What the refinement goes on from. */
  readonly worldFromVolume: Matrix4
  /** What is told as the initial pose: the network's own, where it was looked around. */
  readonly initial: Matrix4
  readonly notes: readonly string[]
}

interface Starts {
  readonly start: Matrix4
  readonly networkStarts: readonly NetworkStart[]
}

/** The start itself, or what a search finds around it; by mutual information in the contrast that fits better. */
async function initialPose(
  input: RegisterInput,
  scene: RegistrationScene,
  stages: readonly Stage[],
  starts: Starts,
  progress: RegistrationProgress,
): Promise<InitialPose & { readonly inverted: boolean }> {
  if (input.metric === 'mi' && !scene.isolated) {
    return withReadableContrast(scene, (tried) => poseInContrast(input, tried, stages, starts, progress))
  }
  const { start } = starts
  if (input.initial.kind !== 'search' && input.initial.kind !== 'model')
    return { scene, worldFromVolume: start, initial: start, loss: Infinity, notes: [], inverted: false }
  return { ...(await poseInContrast(input, scene, stages, starts, progress)), inverted: false }
}

async function poseInContrast(
  input: RegisterInput,
  scene: RegistrationScene,
  stages: readonly Stage[],
  { start, networkStarts }: Starts,
  progress: RegistrationProgress,
): Promise<InitialPose> {
  if (input.initial.kind === 'model') {
    await progress.enter('search', phases.search, "Looking around the network's pose")
    const chosen = input.initial.initOnly
      ? chooseUnrefined(scene, stages, networkStarts)
      : await chooseStart(scene, stages, networkStarts, input.seed, progress.searching)
    return { scene, ...chosen.found, initial: chosen.start.worldFromVolume, notes: chosen.notes }
  }
  if (input.initial.kind !== 'search') {
    const { loss } = await runStages(scene, stages.slice(0, 1), start, progress.aside)
    return { scene, worldFromVolume: start, initial: start, loss, notes: [] }
  }
  await progress.enter('search', phases.search, 'Searching the view')
  const { rangeRotationDeg, rangeTranslationMm, antipode } = input.initial
  const range = { rotationDeg: rangeRotationDeg, translationMm: rangeTranslationMm }
  const search = { ...range, antipode, seed: input.seed }
  const [best] = await findStart(scene, stages, start, search, progress.searching)
  return { scene, ...best, initial: best.worldFromVolume, notes: [] }
}

function livePicture(scene: RegistrationScene, { onEvent }: OperationContext): (pose: Matrix4) => void {
  const [view] = scene.views
  const { width, height } = view.camera.imageSize
  const scale = Math.min(1, livePictureEdge / Math.max(width, height))
  const camera = scaleCamera(
    view.camera,
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  )
  const level = Math.min(1, scene.levelSpacingsMm.length - 1)
  const intervalMs = 100
  let last = -Infinity
  return (pose) => {
    if (performance.now() - last < intervalMs) return
    const pixels = scene.renderer.render({
      level,
      camera,
      cameraFromVolume: cameraFromVolume(camera, pose),
      method: 'trilinear',
    })
    last = performance.now()
    onEvent({ kind: 'picture', picture: { name: 'drr', ...camera.imageSize, pixels } })
  }
}
