import { type SequenceResult } from '../../contract/files/sequence-result.js'
import { version } from '../../contract/version.js'
import { linearPart, multiply3, scale, transformPoint, transpose3 } from '../../geometry/matrix.js'
import { vectorFromRotation } from '../../geometry/rigid.js'
import { type RegisteredFrame } from './registered-frame.js'

const degreesPerRadian = 180 / Math.PI

/** The motion over the frames, in the axes of the first X-ray's camera; turns since the first frame. */
export function sequenceOf(frames: readonly RegisteredFrame[]): SequenceResult {
  const first = frames[0].result
  const firstRotation = linearPart(first.views[0].cameraFromVolume)
  return {
    schema: 'isocenter/sequence@1',
    frame: 'LPS',
    created: new Date().toISOString(),
    version,
    isocentreMm: first.isocentreMm,
    xrays: first.views.map(({ xray }) => xray),
    frames: frames.map(({ frame, folder, result }) => {
      const { cameraFromVolume } = result.views[0]
      const turn = multiply3(linearPart(cameraFromVolume), transpose3(firstRotation))
      return {
        frame,
        folder,
        verdict: result.verdict,
        expectedErrorMm: result.confidence.expectedErrorMm,
        similarities: result.views.map(({ similarity }) => similarity.final.gmncc),
        worldFromVolume: result.final.worldFromVolume,
        positionMm: transformPoint(cameraFromVolume, first.isocentreMm),
        rotationDeg: scale(vectorFromRotation(turn), degreesPerRadian),
        seconds: Object.values(result.secondsPerPhase).reduce((sum, seconds) => sum + seconds, 0),
      }
    }),
  }
}
