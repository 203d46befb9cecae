import {
  trainingConfigurationSchema,
  type TrainingConfiguration,
} from '../../contract/training/configuration.js'
import type { StepMeasurement } from '../../contract/training/measurement.js'
import type { CheckpointContent } from '../checkpoints/write-checkpoint.js'

/** A configuration for tests of files and options; nothing trains with it. */
export function smallConfiguration(): TrainingConfiguration {
  return trainingConfigurationSchema.parse({
    subjects: [
      { name: 'patient', volume: { path: '/data/ct.nii.gz' }, labels: { path: '/data/mask.nii.gz' } },
    ],
    detector: { sddMm: 1020, height: 64, delxMm: 4.5 },
    sampling: {
      range: {
        r1Deg: [-30, 30],
        r2Deg: [-15, 15],
        r3Deg: [-25, 25],
        txMm: [-100, 100],
        tyMm: [750, 950],
        tzMm: [-100, 100],
      },
      batchSize: 4,
    },
    network: { name: 'light' },
    optimisation: { totalIterations: 100, warmupIterations: 10, saveEvery: 10 },
    validation: { every: 10 },
  })
}

export function smallContent(iteration: number, medianMtreMm: number | null = null): CheckpointContent {
  const array = (name: string, value: number) => ({
    name,
    shape: [2, 3],
    values: new Float32Array(6).fill(value),
  })
  const bias = { name: 'rot_regression.bias', shape: [1], values: Float32Array.of(0.1 * iteration) }
  return {
    configuration: smallConfiguration(),
    subjects: [{ name: 'patient', isocentreMm: [1, 2, 3], sha256: 'ab' }],
    preprocessing: { mean: 0.15, std: 0.1 },
    network: Uint8Array.of(iteration, 1, 2, 3),
    state: {
      trainer: {
        parameters: [array('backbone.conv1.weight', iteration), bias],
        firstMoments: [array('backbone.conv1.weight', 0.5), bias],
        secondMoments: [array('backbone.conv1.weight', 0.25), bias],
        updates: iteration,
      },
      counters: { iteration, skipped: 1, bestMedianMtreMm: medianMtreMm, elapsedMs: 1234.5 },
    },
    iteration,
    medianMtreMm,
  }
}

export function smallStep(iteration: number): StepMeasurement {
  return {
    kind: 'step',
    iteration,
    totalIterations: 100,
    subject: 'patient',
    loss: 1 / iteration,
    parts: { mncc: 0.5, dgeo: 20 },
    learningRate: 2e-4,
    kept: 4,
    batchSize: 4,
    skipped: 0,
    samplesPerSecond: 10,
    elapsedMs: 100 * iteration,
    remainingMs: null,
  }
}
