import type { StepMeasurement, TrainingMeasurement } from '../../contract/training/measurement.js'
import type { ProgressDisplay } from './progress-display.js'

/** Shows a training's steps on the progress line, and validations and checkpoints as lines that stay. */
export function trainingDisplay(
  display: ProgressDisplay,
  note: (text: string) => void,
): (measurement: TrainingMeasurement) => void {
  let medianMtreMm: number | null = null
  return (measurement) => {
    switch (measurement.kind) {
      case 'step':
        display.show({
          phase: 'training',
          fraction: Math.min(1, measurement.iteration / measurement.totalIterations),
          message: stepText(measurement, medianMtreMm),
          elapsedMs: measurement.elapsedMs,
          remainingMs: measurement.remainingMs,
        })
        return
      case 'validation':
        medianMtreMm = measurement.medianMtreMm
        note(
          `iteration ${measurement.iteration}: mTRE ${millimetres(medianMtreMm)} median, ${millimetres(measurement.percentile90MtreMm)} at 90 %`,
        )
        return
      case 'checkpoint':
        note(
          `iteration ${measurement.iteration}: ${measurement.path}${measurement.isBest ? ' (best so far)' : ''}`,
        )
    }
  }
}

function stepText(step: StepMeasurement, medianMtreMm: number | null): string {
  const { iteration, totalIterations, loss, kept, batchSize, skipped, samplesPerSecond } = step
  return [
    `iteration ${iteration} of ${totalIterations}`,
    loss === null ? 'skipped' : `loss ${loss.toPrecision(4)}`,
    ...(medianMtreMm === null ? [] : [`mTRE ${millimetres(medianMtreMm)}`]),
    `${samplesPerSecond.toFixed(samplesPerSecond < 10 ? 1 : 0)} X-rays/s`,
    ...(kept < batchSize ? [`kept ${kept} of ${batchSize}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ')
}

const millimetres = (value: number): string => `${value.toFixed(1)} mm`
