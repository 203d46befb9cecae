import { type Camera } from '../../native-workers/contract/files/camera.js'
import { type Confidence, type Verdict } from '../../native-workers/contract/files/registration-result.js'
import { type Matrix4 } from '../../native-workers/contract/matrix.js'
import { prepareXray } from '../../native-workers/imaging/prepare-xray.js'
import { gridCentreMm, type Volume } from '../../native-workers/imaging/volume.js'
import { toAttenuation } from '../../native-workers/rendering/attenuation.js'
import { attenuationPyramid, bodyCaps } from '../../native-workers/rendering/attenuation-pyramid.js'
import { DrrRenderer } from '../../native-workers/rendering/cpu/drr-renderer.js'
import { assessConfidence } from '../../native-workers/registration/confidence/assess.js'
import { verdictOf } from '../../native-workers/registration/confidence/verdict.js'
import { bodySchedule } from '../../native-workers/registration/level-schedule.js'
import { chooseStart } from '../../native-workers/registration/network-start/choose-start.js'
import { finishRefining, refineFromStart } from '../../native-workers/registration/optimise.js'
import { poseProblem } from '../../native-workers/registration/pose-problem.js'
import { type RegistrationScene } from '../../native-workers/registration/registration-scene.js'
import { findStart } from '../../native-workers/registration/search/find-start.js'
import { apPose, errorPoints, meanTargetError } from '../support/simulated-scene.js'

/** An X-ray as a detector gives it: intensities, bone dark, 16 bits. */
export interface DetectorImage {
  readonly camera: Camera
  readonly intensities: Float32Array
}

/** A CT made ready once for many registrations, as the engine does it. */
export interface RegisteredVolume {
  readonly volume: Volume
  readonly renderer: DrrRenderer
  readonly levelSpacingsMm: readonly number[]
}

export async function registeredVolume(volume: Volume): Promise<RegisteredVolume> {
  const attenuation = toAttenuation(volume, { model: 'mu', boneMultiplier: 1 })
  const levels = attenuationPyramid(attenuation)
  const renderer = await DrrRenderer.create(
    levels.map((level) => ({ volume: level })),
    { caps: bodyCaps(attenuation) },
  )
  return { volume, renderer, levelSpacingsMm: levels.map(({ grid }) => grid.spacingMm[0]) }
}

export interface Outcome {
  readonly errorMm: number
  readonly seconds: number
  readonly verdict: Verdict
  readonly confidence: Confidence
}

const ignore = () => undefined
const searchRange = { rotationDeg: [45, 45, 45], translationMm: [100, 100, 100] } as const

/** Registers detector images by the product's own path and compares with the truth. */
export async function registerImages(
  target: RegisteredVolume,
  images: readonly DetectorImage[],
  start: Matrix4 | 'search' | { readonly aroundNetwork: Matrix4 },
  truth: Matrix4,
  finish: 'standard' | 'fine' = 'standard',
): Promise<Outcome> {
  const scene: RegistrationScene = {
    renderer: target.renderer,
    levelSpacingsMm: target.levelSpacingsMm,
    content: null,
    problem: poseProblem(gridCentreMm(target.volume.grid), images[0].camera),
    views: images.map(({ camera, intensities }, index) => ({
      name: `X-ray ${index + 1}`,
      camera,
      picture: prepareXray(
        {
          ...camera.imageSize,
          pixels: intensities,
          tags: { frames: 1 },
          issues: [],
          format: 'simulated',
        },
        { crop: 0, invert: false, subtractBackground: false, linearize: true, autoMask: true },
      ),
    })),
    isolated: false,
    robustScale: 0,
  }
  const stages = bodySchedule('gmncc', finish)
  const began = performance.now()
  const refined = await found(scene, stages, target, start)
  const seconds = (performance.now() - began) / 1000
  const confidence = await assessConfidence(refined.scene, stages, refined.worldFromVolume, 0, ignore)
  return {
    errorMm: meanTargetError(errorPoints(target.volume), refined.worldFromVolume, truth),
    seconds,
    verdict: verdictOf(confidence, false),
    confidence,
  }
}

async function found(
  scene: RegistrationScene,
  stages: ReturnType<typeof bodySchedule>,
  target: RegisteredVolume,
  start: Parameters<typeof registerImages>[2],
) {
  if (start === 'search') return searched(scene, stages, target)
  if (!('aroundNetwork' in start)) return refineFromStart(scene, stages, start, 0, ignore)
  const worldFromVolume = start.aroundNetwork
  const network = { network: '', networkPath: '', worldFromVolume, mirroredColumns: false, notes: [] }
  const chosen = await chooseStart(scene, stages, [network], 0, ignore)
  return finishRefining(scene, stages, chosen.found, ignore)
}

async function searched(
  scene: RegistrationScene,
  stages: ReturnType<typeof bodySchedule>,
  target: RegisteredVolume,
) {
  const search = { ...searchRange, antipode: true, seed: 0 }
  const [best] = await findStart(scene, stages, apPose(target.volume), search, ignore)
  return finishRefining(scene, stages, best, ignore)
}
