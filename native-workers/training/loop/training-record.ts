import { type LiveEvent } from '../../contract/progress.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type TrainingMeasurement } from '../../contract/training/measurement.js'
import { TensorboardEvents } from '../log/tensorboard-events.js'
import { TrainingLog } from '../log/training-log.js'

/** Live steps are told at most this often; the log has them all. */
const liveIntervalMs = 100

/** Where a training's measurements go: the log, TensorBoard's file and whoever watches. */
export class TrainingRecord {
  #lastLiveMs = -Infinity

  private constructor(
    private readonly log: TrainingLog,
    private readonly events: TensorboardEvents,
    private readonly onEvent: (event: LiveEvent) => void,
  ) {}

  /**
   * Starts the record of a new training, or goes on with one after an iteration. Errors: `output-exists` where the
   * folder has another training's log, `output-unwritable`.
   */
  static async open(
    folder: string,
    configuration: TrainingConfiguration,
    resumedIteration: number | null,
    onEvent: (event: LiveEvent) => void,
  ): Promise<TrainingRecord> {
    const log =
      resumedIteration === null
        ? await TrainingLog.create(folder, configuration)
        : await TrainingLog.resume(folder, configuration, resumedIteration)
    try {
      return new TrainingRecord(log, await TensorboardEvents.create(folder, resumedIteration ?? 0), onEvent)
    } catch (error) {
      await log.close()
      throw error
    }
  }

  async add(measurement: TrainingMeasurement): Promise<void> {
    await this.log.add(measurement)
    await this.events.add(measurement)
    const nowMs = performance.now()
    if (measurement.kind === 'step' && nowMs - this.#lastLiveMs < liveIntervalMs) return
    this.#lastLiveMs = nowMs
    this.onEvent({ kind: 'training', measurement })
  }

  /** What was measured so far is in the files when this returns. */
  async flush(): Promise<void> {
    await this.log.flush()
    await this.events.flush()
  }

  async close(): Promise<void> {
    try {
      await this.log.close()
    } finally {
      await this.events.close()
    }
  }
}
