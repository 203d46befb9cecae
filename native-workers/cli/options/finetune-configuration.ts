import type { OperationRequest } from '../../contract/operations/index.js'
import type { TrainingConfiguration } from '../../contract/training/configuration.js'
import { finetuneDefaults, finetuneIterations } from '../../contract/training/presets.js'

type Configuration = OperationRequest<'train'>['configuration']

export interface FinetuneSettings {
  readonly rescale?: number
  readonly batchSize?: number
  readonly lr?: number
  readonly nTotalItrs?: number
  readonly nWarmupItrs?: number
  readonly nGradAccumItrs?: number
  readonly nSaveEveryItrs?: number
  readonly seed: number
}

/** The configuration that a checkpoint was trained with, for another CT and a short schedule (specification §4.1). */
export function finetuneConfiguration(
  trained: TrainingConfiguration,
  subject: Configuration['subjects'][number],
  settings: FinetuneSettings,
): Configuration {
  const { rescale = 1 } = settings
  const height = Math.round(trained.detector.height * rescale)
  const totalIterations = settings.nTotalItrs ?? finetuneIterations[trained.network.name]
  return {
    ...trained,
    subjects: [subject],
    detector: {
      ...trained.detector,
      height,
      // The detector keeps its size where the height had to be rounded.
      delxMm: (trained.detector.delxMm * trained.detector.height) / height,
    },
    sampling: { ...trained.sampling, batchSize: settings.batchSize ?? trained.sampling.batchSize },
    optimisation: {
      ...trained.optimisation,
      learningRate: settings.lr ?? finetuneDefaults.learningRate,
      totalIterations,
      warmupIterations: Math.min(settings.nWarmupItrs ?? finetuneDefaults.warmupIterations, totalIterations),
      accumulate: settings.nGradAccumItrs ?? finetuneDefaults.accumulate,
      saveEvery: settings.nSaveEveryItrs ?? finetuneDefaults.saveEvery,
    },
    validation: { ...trained.validation, every: finetuneDefaults.validateEvery },
    seed: settings.seed,
  }
}

export function finetuneHelp(what: string, name: keyof typeof finetuneDefaults): string {
  return `${what} (default: ${finetuneDefaults[name]})`
}
