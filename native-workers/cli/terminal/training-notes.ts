import type { TrainingMeasurement } from '../../contract/training/measurement.js'

/** A training's validations and checkpoints as lines that stay; its steps are on the progress line. Null for those. */
export function trainingNote(measurement: TrainingMeasurement): string | null {
  switch (measurement.kind) {
    case 'step':
      return null
    case 'validation': {
      const { iteration, medianMtreMm, percentile90MtreMm } = measurement
      return `iteration ${iteration}: mTRE ${medianMtreMm.toFixed(1)} mm median, ${percentile90MtreMm.toFixed(1)} mm at 90 %`
    }
    case 'checkpoint': {
      const { iteration, path, isBest } = measurement
      return `iteration ${iteration}: ${path}${isBest ? ' (best so far)' : ''}`
    }
  }
}
