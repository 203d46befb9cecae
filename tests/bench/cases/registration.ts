import { type Camera } from '../../../native-workers/contract/files/camera.js'
import { type Matrix4 } from '../../../native-workers/contract/matrix.js'
import { type GreyPicture } from '../../../native-workers/imaging/picture/area-resample.js'
import { gridCentreMm, type Volume } from '../../../native-workers/imaging/volume.js'
import { assessConfidence } from '../../../native-workers/registration/confidence/assess.js'
import { bodySchedule } from '../../../native-workers/registration/level-schedule.js'
import { finishRefining, refineFromStart } from '../../../native-workers/registration/optimise.js'
import { runStages } from '../../../native-workers/registration/run-stages.js'
import { poseProblem } from '../../../native-workers/registration/pose-problem.js'
import { type RegistrationScene } from '../../../native-workers/registration/registration-scene.js'
import { findStart } from '../../../native-workers/registration/search/find-start.js'
import { type DrrRenderer } from '../../../native-workers/rendering/cpu/drr-renderer.js'
import { uniformGenerator } from '../../support/random.js'
import { apPose, errorPoints, meanTargetError, type XraySimulator } from '../../support/simulated-scene.js'
import { type PoseRange, randomPose } from '../support/random-pose.js'
import { figure, heading } from '../support/report.js'
import { spreadOf, timed } from '../support/timing.js'

export interface RegistrationBench {
  readonly volume: Volume
  readonly renderer: DrrRenderer
  readonly levelSpacingsMm: readonly number[]
  readonly camera: Camera
  readonly simulator: XraySimulator
}

/** Truths about an AP view, starts about the truth, and what a search covers. */
const truthRange: PoseRange = { rotationDeg: 20, translationMm: 20 }
const startRange: PoseRange = { rotationDeg: 10, translationMm: 20 }
const searchRange: PoseRange = { rotationDeg: 45, translationMm: 100 }
const photons = 20_000
const seed = 0
const standard = bodySchedule('gmncc', 'standard')
const fine = bodySchedule('gmncc', 'fine')

interface Refinement {
  readonly rendersCoarse: number
  readonly rendersFine: number
  readonly secondsCoarse: number
  readonly secondsFine: number
  readonly secondsConfidence: number
  readonly errorCoarseMm: number
  readonly errorFineMm: number
}

/** Registers from starts within 10 degrees and 20 mm of random truths, and prints medians over the cases. */
export async function benchRefinement(bench: RegistrationBench, cases: number): Promise<void> {
  const uniform = uniformGenerator(11)
  const runs: Refinement[] = []
  for (let n = 0; n < cases; n++) {
    const truth = randomPose(bench.volume, apPose(bench.volume), truthRange, uniform)
    const start = randomPose(bench.volume, truth, startRange, uniform)
    const scene = simulatedScene(bench, truth, uniform)
    const error = (pose: Matrix4) => meanTargetError(errorPoints(bench.volume), pose, truth)
    let renders = 0
    const listener = () => {
      renders++
    }
    const coarse = await timed(() => refineFromStart(scene, standard, start, seed, listener))
    const { scene: fitting, worldFromVolume: coarsePose } = coarse.result
    const rendersCoarse = renders
    const finish = await timed(() => runStages(fitting, fine.slice(standard.length), coarsePose, listener))
    const rendersFine = renders
    const finePose = finish.result.worldFromVolume
    const confidence = await timed(() => assessConfidence(fitting, fine, finePose, seed, listener))
    runs.push({
      rendersCoarse,
      rendersFine,
      secondsCoarse: coarse.seconds,
      secondsFine: coarse.seconds + finish.seconds,
      secondsConfidence: confidence.seconds,
      errorCoarseMm: error(coarsePose),
      errorFineMm: error(finePose),
    })
  }
  const print = (label: string, value: keyof Refinement, unit?: string, aim?: string) => {
    figure(label, spreadOf(runs.map((run) => run[value])), unit, aim)
  }
  heading(`Registration from starts within 10 degrees and 20 mm, ${String(cases)} cases, start-up excluded`)
  print('to 128 x 128: time', 'secondsCoarse', 's', 'at most 0.3')
  print('to 128 x 128: renders', 'rendersCoarse')
  print('to 128 x 128: mTRE', 'errorCoarseMm', 'mm')
  print('to 256 x 256: time', 'secondsFine', 's', 'at most 1')
  print('to 256 x 256: renders', 'rendersFine')
  print('to 256 x 256: mTRE', 'errorFineMm', 'mm', 'at most 0.05')
  print('confidence, on top', 'secondsConfidence', 's')
}

/** Registers without a start, over 45 degrees and 100 mm to each side and the opposite view, to 128 x 128. */
export async function benchSearch(bench: RegistrationBench, cases: number): Promise<void> {
  const uniform = uniformGenerator(12)
  const nominal = apPose(bench.volume)
  const { rotationDeg: turn, translationMm: shift } = searchRange
  const range = { rotationDeg: [turn, turn, turn], translationMm: [shift, shift, shift] } as const
  const seconds: number[] = []
  const errorsMm: number[] = []
  for (let n = 0; n < cases; n++) {
    const truth = randomPose(bench.volume, nominal, searchRange, uniform)
    const scene = simulatedScene(bench, truth, uniform)
    const found = await timed(async () => {
      const search = { ...range, antipode: true, seed }
      const [best] = await findStart(scene, standard, nominal, search, ignore)
      return finishRefining(scene, standard, best, ignore)
    })
    seconds.push(found.seconds)
    errorsMm.push(meanTargetError(errorPoints(bench.volume), found.result.worldFromVolume, truth))
  }
  heading(`Search over 45 degrees and 100 mm to each side and the opposite view, ${String(cases)} cases`)
  figure('to 128 x 128: time', spreadOf(seconds), 's', 'at most 2')
  figure('to 128 x 128: mTRE', spreadOf(errorsMm), 'mm')
}

const ignore = () => undefined

function simulatedScene(bench: RegistrationBench, truth: Matrix4, uniform: () => number): RegistrationScene {
  const { renderer, levelSpacingsMm, camera, simulator, volume } = bench
  const { width, height } = camera.imageSize
  const picture: GreyPicture = {
    width,
    height,
    pixels: simulator.render(camera, truth, photons, uniform),
    valid: new Uint8Array(width * height).fill(1),
  }
  return {
    renderer,
    levelSpacingsMm,
    content: null,
    problem: poseProblem(gridCentreMm(volume.grid), camera),
    views: [{ name: 'simulated', camera, picture }],
    isolated: false,
    robustScale: 0,
  }
}
