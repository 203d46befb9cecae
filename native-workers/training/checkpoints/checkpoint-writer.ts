import { join } from 'node:path'
import { bestCheckpointName, type Checkpoint } from '../../contract/training/checkpoint.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { networkPreprocessing } from '../augmentation/network-input.js'
import { exportedNetwork } from '../networks/exported-network.js'
import { type TrainerState } from '../trainer.js'
import { type TrainingCounters } from './state-file.js'
import { writeCheckpoint } from './write-checkpoint.js'

/** Writes the checkpoints of one training, and knows the last and the best of them. */
export class CheckpointWriter {
  /** Of the last validation; goes into the next checkpoint. */
  medianMtreMm: number | null
  #last = ''
  #hasBest: boolean

  /** @param resumed what an earlier run of the training counted */
  constructor(
    private readonly folder: string,
    private readonly configuration: TrainingConfiguration,
    private readonly subjects: Checkpoint['subjects'],
    resumed: TrainingCounters | null,
  ) {
    this.medianMtreMm = resumed?.bestMedianMtreMm ?? null
    this.#hasBest = this.medianMtreMm !== null
  }

  /** Gives the JSON file. Errors: those of `writeCheckpoint`. */
  async write(state: TrainerState, counters: TrainingCounters, isBest: boolean): Promise<string> {
    const { configuration, subjects, medianMtreMm } = this
    const { path } = await writeCheckpoint(
      this.folder,
      {
        configuration,
        subjects,
        preprocessing: networkPreprocessing,
        network: exportedNetwork(configuration, state.parameters),
        state: { trainer: state, counters },
        iteration: counters.iteration,
        medianMtreMm,
      },
      isBest,
    )
    this.#last = path
    this.#hasBest ||= isBest
    return path
  }

  get last(): string {
    return this.#last
  }

  /** The last one where nothing told which is best. The best one's numbered JSON goes once two newer ones are there. */
  get best(): string {
    return this.#hasBest ? join(this.folder, bestCheckpointName) : this.#last
  }
}
