import { type Similarities } from '../contract/files/registration-result.js'
import { type Matrix4 } from '../contract/matrix.js'
import { similarityMetrics } from '../similarity/metrics.js'
import { judgementStage, type Stage } from './level-schedule.js'
import { type RegistrationScene } from './registration-scene.js'
import { stageEvaluator } from './stage-runner.js'

/** xvr's metrics of every view at a pose, over the pixels that were compared, at the stage where confidence is judged. */
export function similaritiesAt(
  scene: RegistrationScene,
  stages: readonly Stage[],
  worldFromVolume: Matrix4,
): Similarities[] {
  const evaluator = stageEvaluator(scene, judgementStage(stages), worldFromVolume)
  try {
    evaluator.evaluate(worldFromVolume)
    return evaluator.pictures().map(({ xray, drr }) => {
      const pair = {
        width: xray.width,
        height: xray.height,
        fixed: standardised(xray.pixels, drr.valid),
        moving: standardised(drr.pixels, drr.valid),
        valid: drr.valid,
      }
      return {
        ncc: similarityMetrics.ncc(pair).value,
        mncc: similarityMetrics.mncc(pair).value,
        gncc: similarityMetrics.gncc(pair).value,
        gmncc: similarityMetrics.gmncc(pair).value,
      }
    })
  } finally {
    evaluator.release()
  }
}

/** xvr's transform before its metrics: 0..1 over the valid pixels, then (x - 0.15) / 0.1; epsilon depends on it. */
function standardised(pixels: Float32Array, valid: Uint8Array): Float32Array {
  let [low, high] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    low = Math.min(low, pixels[n])
    high = Math.max(high, pixels[n])
  }
  const factor = high > low ? 1 / (high - low) : 0
  return pixels.map((value) => ((value - low) * factor - 0.15) / 0.1)
}
