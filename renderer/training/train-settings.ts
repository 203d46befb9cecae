import type { TrainingConfiguration } from '../../native-workers/contract/training/configuration.js'
import type { TrainForm } from './train-form.js'

/** All that shapes a training beside its CTs, as a project keeps it. */
export type TrainSettings = Omit<TrainingConfiguration, 'subjects'>

export function settingsOfForm(form: TrainForm): TrainSettings {
  const { batchSize, reuse, augmentation, learningRate, totalIterations, warmupIterations } = form
  return {
    detector: { ...form.detector },
    sampling: {
      range: { ...form.range },
      ...{ batchSize, reuse, augmentation },
      boneMultiplier: [...form.boneMultiplier],
      imageThreshold: 0.1,
      maskThreshold: 0.05,
      attenuation: 'mu',
    },
    network: {
      name: form.network,
      parameterization: form.parameterization,
      convention: 'ZXY',
      unitConversionFactor: 1000,
    },
    optimisation: {
      ...{ learningRate, totalIterations, warmupIterations },
      accumulate: form.accumulate,
      saveEvery: form.saveEvery,
      weights: { ...form.weights },
      ...(form.rotationArmMm === null ? {} : { rotationArmMm: form.rotationArmMm }),
      schedule: true,
      clip: 0.01,
      weightDecay: 0,
    },
    validation: { count: form.validationCount, every: form.validationEvery },
    seed: form.seed,
  }
}

/** The form that leads to these settings, as far as it has fields for them. */
export function formOfSettings({
  detector,
  sampling,
  network,
  optimisation,
  validation,
  seed,
}: TrainSettings): Partial<TrainForm> {
  const { range, batchSize, reuse, augmentation, boneMultiplier } = sampling
  const { learningRate, totalIterations, warmupIterations, accumulate, saveEvery, weights } = optimisation
  return {
    anatomy: 'none',
    ...{ range, detector, batchSize, reuse, augmentation, boneMultiplier, seed },
    ...{ learningRate, totalIterations, warmupIterations, accumulate, saveEvery, weights },
    rotationArmMm: optimisation.rotationArmMm ?? null,
    network: network.name,
    parameterization: network.parameterization,
    validationCount: validation.count,
    validationEvery: validation.every,
  }
}
