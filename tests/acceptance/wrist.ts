import { identity3, multiply4, transformPoint } from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { uniformGenerator } from '../support/random.js'
import { meanTargetError, randomOffset } from '../support/simulated-scene.js'
import { boneCentre, boxPoints, registerBone, ulnaReference } from './wrist-scene.js'

/* The ulna from random starts about its reference. Usage: wrist.js [cases] [full: with confidence] */
const cases = Number(process.argv[2] ?? 20)
const confidence = process.argv[3] === 'full' ? 'full' : 'none'
const points = boxPoints('uln')
const centre = transformPoint(ulnaReference, boneCentre('uln'))

for (const limit of [5, 10]) {
  const uniform = uniformGenerator(11)
  const errors: number[] = []
  let seconds = 0
  for (let n = 0; n < cases; n++) {
    const { rotationRad, translationMm } = randomOffset(uniform, [limit, limit, limit], [limit, limit, limit])
    const start = multiply4(twistAbout(centre, identity3, rotationRad, translationMm), ulnaReference)
    const { result } = await registerBone('uln', start, confidence)
    const error = meanTargetError(points, result.final.worldFromVolume, ulnaReference)
    errors.push(error)
    seconds += result.secondsPerPhase['refine']
    const { finalLoss, expectedErrorMm } = result.confidence
    console.log(
      `±${limit}° ±${limit} mm, ${n}: start ${meanTargetError(points, start, ulnaReference).toFixed(1)} mm, end ${error.toFixed(2)} mm, loss ${finalLoss.toFixed(3)}, expected ${expectedErrorMm?.toFixed(2) ?? '-'} mm, ${result.verdict.level}, ${result.renders} renders`,
    )
  }
  const sorted = errors.toSorted((a, b) => a - b)
  console.log(
    `ulna ±${limit}° ±${limit} mm: within 1 mm ${errors.filter((e) => e < 1).length}/${cases}, median ${sorted[cases >> 1].toFixed(2)} mm, ${(seconds / cases).toFixed(2)} s`,
  )
}
process.exit(0)
