import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { loadVolume } from '../../native-workers/imaging/volume-cache.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../../native-workers/imaging/volume.js'
import { multiply4, transformPoint } from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { identity3 } from '../../native-workers/geometry/matrix.js'
import { testDataFile } from '../support/test-data.js'
import { uniformGenerator } from '../support/random.js'
import {
  type DetectorImage,
  type Outcome,
  registeredVolume,
  registerImages,
  type RegisteredVolume,
} from './scenario.js'
import {
  acceptanceCamera,
  apPose,
  offsetPose,
  randomOffset,
  XraySimulator,
} from '../support/simulated-scene.js'

/*
 * A real chest CT registered to X-rays simulated from its native grid: another attenuation model, half the sampling
 * step, photon noise, 16-bit intensities. Usage: chest.js [cases] [scenario...]
 */
const path = testDataFile('ct-chest-lidc', 'ct.nii.gz')
if (path === null) process.exit(0)
const cases = Number(process.argv[2] ?? 20)
const chosen = process.argv.slice(3)
const pixels = 256
const photons = 20000
const { volume } = await loadVolume({ path, acceptGeometry: true })
const camera = acceptanceCamera(pixels)
const simulator = await XraySimulator.create(volume)
const whole = await registeredVolume(volume)

const front = apPose(volume)
const centre = gridCentreMm(volume.grid)

interface Scenario {
  readonly name: string
  readonly limitMm: number
  readonly target: () => Promise<RegisteredVolume>
  readonly truth: (uniform: () => number) => Matrix4
  readonly start: (truth: Matrix4, uniform: () => number) => Matrix4 | 'search'
  readonly disturb?: (image: Float32Array, uniform: () => number) => Float32Array
  readonly views?: readonly Matrix4[]
}

const nearFront = (uniform: () => number) =>
  offsetPose(front, volume, randomOffset(uniform, [15, 15, 15], [20, 20, 20]))
const nearTruth = (truth: Matrix4, uniform: () => number) =>
  offsetPose(truth, volume, randomOffset(uniform, [20, 20, 20], [40, 40, 60]))
const closeToTruth = (truth: Matrix4, uniform: () => number) =>
  offsetPose(truth, volume, randomOffset(uniform, [10, 10, 10], [20, 20, 20]))
const anywhere = (uniform: () => number) => {
  const within = (limit: number) => (2 * uniform() - 1) * limit
  const turned = [2, 0].reduce<Matrix4>((pose, axis) => {
    const angle = (within(45) * Math.PI) / 180
    const vector: Vector3 = [axis === 0 ? angle : 0, 0, axis === 2 ? angle : 0]
    return multiply4(pose, twistAbout(centre, identity3, vector, [0, 0, 0]))
  }, front)
  const roll = (within(45) * Math.PI) / 180
  return offsetPose(turned, volume, {
    rotationRad: [0, 0, roll],
    translationMm: [within(100), within(100), within(100)],
  })
}
const search = () => 'search' as const
const inWhole = () => Promise.resolve(whole)

/** A round collimator: no exposure outside two thirds of the field. */
function collimated(image: Float32Array): Float32Array {
  return image.map((value, n) => {
    const [x, y] = [n % pixels, Math.floor(n / pixels)]
    return Math.hypot(x - pixels / 2, y - pixels / 2) > pixels / 3 ? 12 : value
  })
}

/** Metal parts over 20 % of the picture, as plates and rods that let hardly anything through. */
function withMetal(image: Float32Array, uniform: () => number): Float32Array {
  const out = image.slice()
  let covered = 0
  while (covered < 0.2 * out.length) {
    const width = Math.round(10 + 40 * uniform())
    const height = Math.round(10 + 40 * uniform())
    const left = Math.round(uniform() * (pixels - width))
    const top = Math.round(uniform() * (pixels - height))
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++) {
        if (out[y * pixels + x] !== 8) covered++
        out[y * pixels + x] = 8
      }
  }
  return out
}

/** The CT without 42 mm at both ends. */
async function croppedTarget(): Promise<RegisteredVolume> {
  const { grid, voxels } = volume
  const cut = Math.round(42 / grid.spacingMm[2])
  const [nx, ny, nz] = grid.size
  const size: Vector3 = [nx, ny, nz - 2 * cut]
  const cropped: Volume = {
    grid: { ...grid, size, originMm: transformPoint(lpsFromIndex(grid), [0, 0, cut]) },
    voxels: voxels.slice(nx * ny * cut, nx * ny * (nz - cut)),
  }
  return registeredVolume(cropped)
}

const side = twistAbout([0, 0, 750], identity3, [0, Math.PI / 2, 0], [0, 0, 0])

const scenarios: readonly Scenario[] = [
  { name: 'starts', limitMm: 1, target: inWhole, truth: nearFront, start: nearTruth },
  { name: 'search', limitMm: 2, target: inWhole, truth: anywhere, start: search },
  {
    name: 'collimated',
    limitMm: 2,
    target: inWhole,
    truth: nearFront,
    start: closeToTruth,
    disturb: collimated,
  },
  { name: 'cropped', limitMm: 2, target: croppedTarget, truth: nearFront, start: closeToTruth },
  { name: 'cropped-search', limitMm: 2, target: croppedTarget, truth: nearFront, start: search },
  { name: 'metal', limitMm: 2, target: inWhole, truth: nearFront, start: closeToTruth, disturb: withMetal },
  { name: 'biplane', limitMm: 0.3, target: inWhole, truth: nearFront, start: nearTruth, views: [side] },
]

const outcomes: Outcome[] = []
for (const scenario of scenarios) {
  if (chosen.length > 0 && !chosen.includes(scenario.name)) continue
  const target = await scenario.target()
  const uniform = uniformGenerator(2026)
  const own: Outcome[] = []
  for (let n = 0; n < cases; n++) {
    const truth = scenario.truth(uniform)
    const start = scenario.start(truth, uniform)
    const cameras = [
      camera,
      ...(scenario.views ?? []).map((cameraFromWorld) => ({ ...camera, cameraFromWorld })),
    ]
    const images: DetectorImage[] = cameras.map((view) => {
      const integrals = simulator.render(view, multiply4(view.cameraFromWorld, truth), photons, uniform)
      const intensities = integrals.map((integral) => Math.round(60000 * Math.exp(-integral)))
      return { camera: view, intensities: scenario.disturb?.(intensities, uniform) ?? intensities }
    })
    const outcome = await registerImages(target, images, start, truth)
    own.push(outcome)
    if (outcome.errorMm > scenario.limitMm || process.env['VERBOSE'] !== undefined) {
      const { confidence, verdict } = outcome
      console.log(
        `  ${scenario.name} ${n}: ${outcome.errorMm.toFixed(2)} mm, ${verdict.level}, loss ${confidence.finalLoss.toFixed(3)}, expected ${confidence.expectedErrorMm?.toFixed(2)} mm, antipode ${confidence.antipodeMargin?.toFixed(2)}, valid ${confidence.validPixelFraction.toFixed(2)}`,
      )
    }
  }
  outcomes.push(...own)
  const errors = own.map(({ errorMm }) => errorMm).toSorted((a, b) => a - b)
  const times = own.map(({ seconds }) => seconds).toSorted((a, b) => a - b)
  const margins = own.filter(({ confidence }) => (confidence.antipodeMargin ?? 1) > 0).length
  console.log(
    `${scenario.name}: below ${scenario.limitMm} mm ${errors.filter((e) => e < scenario.limitMm).length}/${cases}, median ${errors[cases >> 1].toFixed(3)} mm, seconds median ${times[cases >> 1].toFixed(2)} max ${times[cases - 1].toFixed(2)}, antipode rejected ${margins}/${cases}, good ${own.filter(({ verdict }) => verdict.level === 'good').length}`,
  )
}
const good = outcomes.filter(({ verdict }) => verdict.level === 'good')
console.log(
  `verdicts: ${good.length} good of ${outcomes.length}, of these below 2 mm ${good.filter(({ errorMm }) => errorMm < 2).length}; failed ${outcomes.filter(({ verdict }) => verdict.level === 'failed').length}, of these above 2 mm ${outcomes.filter(({ verdict, errorMm }) => verdict.level === 'failed' && errorMm >= 2).length}`,
)
process.exit(0)
