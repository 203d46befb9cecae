import { join } from 'node:path'
import { trainingMeasurementSchema, type TrainingMeasurement } from '../../contract/training/measurement.js'
import { logLines } from './log-lines.js'
import { logName } from './training-log.js'

/**
 * The measurements of a training's folder in their order, its steps thinned evenly to at most `largestStepCount`; the
 * newest step stays. Empty where there is no log.
 */
export async function readMeasurements(
  folder: string,
  largestStepCount: number,
): Promise<TrainingMeasurement[]> {
  let kept: { measurement: TrainingMeasurement; step: number | null }[] = []
  let [steps, keptSteps, stride] = [0, 0, 1]
  let newest: TrainingMeasurement | null = null
  for await (const { value } of logLines(join(folder, logName))) {
    const measurement = trainingMeasurementSchema.safeParse(value)
    if (!measurement.success) continue
    if (measurement.data.kind !== 'step') {
      kept.push({ measurement: measurement.data, step: null })
      continue
    }
    newest = measurement.data
    if (steps % stride === 0) {
      kept.push({ measurement: newest, step: steps })
      keptSteps += 1
    }
    steps += 1
    if (keptSteps < largestStepCount) continue
    stride *= 2
    kept = kept.filter(({ step }) => step === null || step % stride === 0)
    keptSteps = kept.filter(({ step }) => step !== null).length
  }
  const measurements = kept.map(({ measurement }) => measurement)
  return newest === null || measurements.includes(newest) ? measurements : [...measurements, newest]
}
