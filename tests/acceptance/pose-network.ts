import { type Matrix4 } from '../../native-workers/contract/matrix.js'
import { prepareXray } from '../../native-workers/imaging/prepare-xray.js'
import { loadVolume } from '../../native-workers/imaging/volume-cache.js'
import { gridCentreMm } from '../../native-workers/imaging/volume.js'
import { scaleCamera } from '../../native-workers/geometry/camera.js'
import { findCheckpoint } from '../../native-workers/training/checkpoints/read-checkpoint.js'
import { openNetwork } from '../../native-workers/training/checkpoints/open-network.js'
import { proposePose } from '../../native-workers/training/inference/pose-proposal.js'
import { randomStream } from '../../native-workers/training/random/random-stream.js'
import { detectorCamera, networkFrame } from '../../native-workers/training/sampling/network-frame.js'
import { poseFromExtrinsic } from '../../native-workers/training/sampling/pose-from-outputs.js'
import { diffdrrPose, samplePoseNumbers } from '../../native-workers/training/sampling/sample-pose.js'
import { extrinsicFromDiffdrr } from '../../native-workers/training/sampling/targets-from-pose.js'
import { errorPoints, meanTargetError, XraySimulator } from '../support/simulated-scene.js'
import { registeredVolume, registerImages } from './scenario.js'

/*
 * A trained network on X-rays that it never saw: poses of its own range, simulated from the CT's native grid with
 * another attenuation model, half the sampling step and photon noise, as 16-bit exposures; its answers, and where
 * registrations from them end. Usage: pose-network.js CHECKPOINT CT [cases]
 */
const [checkpointPath, volumePath] = process.argv.slice(2)
if (checkpointPath === undefined || volumePath === undefined) {
  throw new Error('usage: pose-network.js CHECKPOINT CT [cases]')
}
const cases = Number(process.argv[4] ?? 200)
const photons = 20000
const { checkpoint } = await findCheckpoint(checkpointPath)
const network = await openNetwork(checkpointPath)
const { configuration } = checkpoint
const { volume } = await loadVolume({ path: volumePath, acceptGeometry: true })
const target = await registeredVolume(volume)
const simulator = await XraySimulator.create(volume)
const camera = scaleCamera(detectorCamera(configuration.detector), 256, 256)
const frame = networkFrame(configuration)
const isocentreMm = gridCentreMm(volume.grid)
const points = errorPoints(volume)
const noiseUniform = () => noise.uniform(0, 1)
const noise = randomStream(2026, 900)

interface Case {
  readonly initialMm: number
  readonly finalMm: number
  readonly verdict: string
}
const done: Case[] = []
for (let n = 0; n < cases; n++) {
  const random = randomStream(2026, 901, n)
  const pose = diffdrrPose(samplePoseNumbers(configuration.sampling.range, random), frame.side)
  const { cameraFromVolume: truth } = poseFromExtrinsic(extrinsicFromDiffdrr(pose), frame, isocentreMm)
  const intensities = simulator
    .render(camera, truth, photons, noiseUniform)
    .map((integral) => Math.round(60000 * Math.exp(-integral)))
  const picture = prepareXray(
    { ...camera.imageSize, pixels: intensities, tags: { frames: 1 }, issues: [], format: 'simulated' },
    { crop: 0, invert: false, subtractBackground: false, linearize: true, autoMask: true },
  )
  const proposal = await proposePose(network, picture, camera, isocentreMm, 2)
  const start: Matrix4 = proposal.pose.cameraFromVolume
  const outcome = await registerImages(
    target,
    [{ camera, intensities }],
    { aroundNetwork: start },
    truth,
    'fine',
  )
  done.push({
    initialMm: meanTargetError(points, start, truth),
    finalMm: outcome.errorMm,
    verdict: outcome.verdict.level,
  })
  if (outcome.errorMm > 1) {
    console.log(
      `  case ${n}: ${done[n].initialMm.toFixed(1)} mm at first, ${outcome.errorMm.toFixed(2)} mm at the end, ${outcome.verdict.level}`,
    )
  }
}
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const at = (values: readonly number[], share: number) =>
  sorted(values)[Math.floor(share * (values.length - 1))]
const initial = done.map(({ initialMm }) => initialMm)
const final = done.map(({ finalMm }) => finalMm)
const good = done.filter(({ verdict }) => verdict === 'good')
console.log(
  [
    `${cases} X-rays of ${network.name}, iteration ${checkpoint.iteration}`,
    `network: median ${at(initial, 0.5).toFixed(1)} mm, 90th percentile ${at(initial, 0.9).toFixed(1)} mm`,
    `refined: below 1 mm ${final.filter((mm) => mm < 1).length}, below 2 mm ${final.filter((mm) => mm < 2).length}, median ${at(final, 0.5).toFixed(3)} mm`,
    `verdicts: ${good.length} good, of these below 2 mm ${good.filter(({ finalMm }) => finalMm < 2).length}`,
  ].join('\n'),
)
process.exit(0)
