import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { registerInputSchema } from '../../native-workers/contract/operations/register.js'
import { type OperationContext } from '../../native-workers/contract/progress.js'
import { identity3, multiply4, transformPoint } from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { register } from '../../native-workers/registration/register.operation.js'
import { testDataFolder } from '../support/test-data.js'
import { uniformGenerator } from '../support/random.js'
import { meanTargetError, randomOffset } from '../support/simulated-scene.js'

/*
 * Real biplane X-rays of a wrist: the ulna registered from random starts about an independent reference pose, which
 * itself is good to about 0.5 mm and 2 degrees about the long axis.
 */
const folder = testDataFolder()
if (folder === null) {
  console.log('skipped: no test data (set XRAY_TEST_DATA)')
  process.exit(0)
}
const wrist = (...parts: string[]) => join(folder, 'wrist-biplane', ...parts)
const context: OperationContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const spacingMm: Vector3 = [0.39625, 0.39625, 0.625]
const bones = { uln: [65, 45, 112], rad: [68, 86, 128] } as const

function boxPoints(bone: keyof typeof bones): Vector3[] {
  const [nx, ny, nz] = bones[bone]
  return [0.25, 0.75].flatMap((x) =>
    [0.25, 0.75].flatMap((y) =>
      [0.1, 0.5, 0.9].map((z): Vector3 => [
        x * nx * spacingMm[0],
        y * ny * spacingMm[1],
        z * nz * spacingMm[2],
      ]),
    ),
  )
}

const reference: Matrix4 = JSON.parse(readFileSync(wrist('reference-0099.json'), 'utf8'))
  .ulna_pose_world_from_ct['0099']

function request(bone: keyof typeof bones, start: Matrix4, seed: number, confidence: 'full' | 'none') {
  return registerInputSchema.parse({
    views: ['cam01', 'cam02'].map((camera) => ({
      xray: { path: wrist('xrays', `xr_rad_uln_${camera}_UND.0099.tif`), preprocessing: { linearize: true } },
      camera: { kind: 'file', path: wrist('calibration', `xr_calib_wrist_${camera}.txt`) },
    })),
    volume: { path: wrist('models', `${bone}_dcm_cropped.tif`), spacingMm, acceptGeometry: true },
    initial: { kind: 'pose', worldFromVolume: start },
    attenuation: process.env['ATT'] ?? 'identity',
    seed,
    confidence,
  })
}

function perturbed(
  pose: Matrix4,
  centre: Vector3,
  uniform: () => number,
  degrees: number,
  mm: number,
): Matrix4 {
  const { rotationRad, translationMm } = randomOffset(uniform, [degrees, degrees, degrees], [mm, mm, mm])
  return multiply4(twistAbout(transformPoint(pose, centre), identity3, rotationRad, translationMm), pose)
}

const cases = Number(process.argv[2] ?? 24)
for (const [degrees, mm] of [
  [5, 5],
  [10, 10],
] as const) {
  const uniform = uniformGenerator(11)
  const points = boxPoints('uln')
  const centre: Vector3 = [12.9, 8.9, 35]
  const errors: number[] = []
  const verdicts: string[] = []
  let seconds = 0
  for (let n = 0; n < cases; n++) {
    const start = perturbed(reference, centre, uniform, degrees, mm)
    const { result } = await register(
      request('uln', start, 0, process.argv[3] === 'full' ? 'full' : 'none'),
      context,
    )
    const error = meanTargetError(points, result.final.worldFromVolume, reference)
    errors.push(error)
    verdicts.push(result.verdict.level)
    seconds += result.secondsPerPhase['refine']
    console.log(
      `±${degrees}° ±${mm} mm case ${n}: start ${meanTargetError(points, start, reference).toFixed(1)} mm, end ${error.toFixed(2)} mm, loss ${result.confidence.finalLoss.toFixed(3)}, expected ${result.confidence.expectedErrorMm?.toFixed(2)} mm, ${result.verdict.level}, refine ${result.secondsPerPhase['refine'].toFixed(2)} s, confidence ${result.secondsPerPhase['confidence'].toFixed(2)} s, ${result.renders} renders`,
    )
  }
  const sorted = errors.toSorted((a, b) => a - b)
  console.log(
    `ulna ±${degrees}° ±${mm} mm: within 1 mm ${errors.filter((e) => e < 1).length}/${cases}, median ${sorted[cases >> 1].toFixed(2)} mm, ${(seconds / cases).toFixed(2)} s`,
  )
}
process.exit(0)
