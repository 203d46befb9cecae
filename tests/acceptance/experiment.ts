import { readVolume } from '../../native-workers/imaging/read-volume.js'
import { type GreyPicture } from '../../native-workers/imaging/picture/area-resample.js'
import { gridCentreMm } from '../../native-workers/imaging/volume.js'
import { toAttenuation } from '../../native-workers/rendering/attenuation.js'
import { attenuationPyramid, bodyCaps } from '../../native-workers/rendering/attenuation-pyramid.js'
import { DrrRenderer } from '../../native-workers/rendering/cpu/drr-renderer.js'
import { poseProblem } from '../../native-workers/registration/pose-problem.js'
import { bodySchedule } from '../../native-workers/registration/level-schedule.js'
import { type RegistrationScene } from '../../native-workers/registration/registration-scene.js'
import { finishRefining } from '../../native-workers/registration/optimise.js'
import { leavesEndsOut } from '../../native-workers/registration/cut-ends.js'
import { judge } from '../../native-workers/registration/judge.js'
import { poseDistanceMm } from '../../native-workers/registration/search/candidate-poses.js'
import { findStart } from '../../native-workers/registration/search/find-start.js'
import { uniformGenerator } from '../support/random.js'
import {
  acceptanceCamera,
  apPose,
  errorPoints,
  meanTargetError,
  offsetPose,
  randomOffset,
  XraySimulator,
} from '../support/simulated-scene.js'

const cases = Number(process.argv[2] ?? 10)
const { volume } = await readVolume({
  path: '/work/shared/data/ct-chest-lidc/ct.nii.gz',
  acceptGeometry: true,
})
const mu = toAttenuation(volume, { model: 'mu', boneMultiplier: 1 })
const levels = attenuationPyramid(mu)
const caps = process.env.CAPS === '0' ? undefined : bodyCaps(mu)
const renderer = await DrrRenderer.create(
  levels.map((volume) => ({ volume })),
  { threads: Number(process.env.T ?? 2), caps },
)
const simulator = await XraySimulator.create(volume)
const camera = acceptanceCamera(256)
const uniform = uniformGenerator(Number(process.env.SEED ?? 7))
const points = errorPoints(volume)
const problem = poseProblem(gridCentreMm(volume.grid), camera)
const errors: number[] = [],
  times: number[] = []
for (let n = 0; n < cases; n++) {
  const truth = offsetPose(apPose(volume), volume, randomOffset(uniform, [45, 45, 45], [100, 100, 100]))
  const pixels = simulator.render(camera, truth, 20000, uniform)
  const full: GreyPicture = { width: 256, height: 256, pixels, valid: new Uint8Array(256 * 256).fill(1) }
  const scene: RegistrationScene = {
    renderer,
    levelSpacingsMm: levels.map((l) => l.grid.spacingMm[0]),
    content: null,
    problem,
    views: [{ name: 'x', camera, picture: full }],
    isolated: false,
    robustScale: 0,
  }
  let renders = 0
  const listener = () => {
    renders++
  }
  const t0 = performance.now()
  const range = { rotationDeg: [45, 45, 45], translationMm: [100, 100, 100] } as const
  const nominal = apPose(volume)
  const schedule = bodySchedule('gmncc', 'standard')
  const found = await findStart(scene, schedule, nominal, { ...range, antipode: true, seed: 0 }, listener)
  const t1 = performance.now()
  const end = await finishRefining(found.scene, schedule, found.candidates[0], listener)
  const ms = performance.now() - t0
  const e = meanTargetError(points, end.worldFromVolume, truth)
  const tj = judge(scene, schedule, truth)
  errors.push(e)
  times.push(ms)
  if (cases <= 20 || e > 2)
    console.log(
      n,
      `ends ${leavesEndsOut(end.scene) ? 'out' : 'in'} err ${e.toFixed(3)} loss ${end.loss.toFixed(3)} (truth loss ${tj.loss.toFixed(3)} valid ${tj.validFraction.toFixed(2)}) search ${(t1 - t0).toFixed(0)} total ${ms.toFixed(0)} renders ${renders}`,
      found.candidates
        .slice(0, 4)
        .map((c) => `${c.loss.toFixed(3)}:${poseDistanceMm(problem, c.worldFromVolume, truth).toFixed(0)}`)
        .join(' '),
    )
}
const med = (a: number[]) => [...a].sort((x, y) => x - y)[a.length >> 1]
console.log(
  `median ${med(errors).toFixed(3)} mm, <1 ${errors.filter((e) => e < 1).length}/${cases}, <2 ${errors.filter((e) => e < 2).length}, ms ${med(times).toFixed(0)} max ${Math.max(...times).toFixed(0)}`,
)
process.exit(0)
