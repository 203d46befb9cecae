import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { add, identity3, multiply4, subtract, transformPoint } from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { meanTargetError } from '../support/simulated-scene.js'
import { boneCentre, boxPoints, registerBone, ulnaReference } from './wrist-scene.js'

/*
 * The radius of the same wrist. No reference pose exists, so it is judged by consistency: starts lie around the ulna at
 * the distance at which a radius may lie, and those that end with the lowest losses should agree.
 */
const distanceMm = 22
const directions = 12
const points = boxPoints('rad')

const ends: { loss: number; pose: Matrix4 }[] = []
for (let n = 0; n < directions; n++) {
  const angle = (2 * Math.PI * n) / directions
  const aside: Vector3 = [distanceMm * Math.cos(angle), distanceMm * Math.sin(angle), 0]
  const towards = transformPoint(ulnaReference, add(boneCentre('uln'), aside))
  const centre = transformPoint(ulnaReference, boneCentre('rad'))
  const shift = subtract(towards, centre)
  const start = multiply4(twistAbout(centre, identity3, [0, 0, 0], shift), ulnaReference)
  const { result } = await registerBone('rad', start)
  ends.push({ loss: result.confidence.finalLoss, pose: result.final.worldFromVolume })
  console.log(
    `radius from ${((angle * 180) / Math.PI).toFixed(0)}°: loss ${result.confidence.finalLoss.toFixed(3)}`,
  )
}
ends.sort((a, b) => a.loss - b.loss)
for (const { loss, pose } of ends) {
  console.log(
    `loss ${loss.toFixed(3)}, ${meanTargetError(points, pose, ends[0].pose).toFixed(2)} mm from the best`,
  )
}
process.exit(0)
