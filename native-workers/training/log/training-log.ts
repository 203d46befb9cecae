import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  trainingConfigurationSchema,
  type TrainingConfiguration,
} from '../../contract/training/configuration.js'
import type { TrainingMeasurement } from '../../contract/training/measurement.js'
import { version } from '../../contract/version.js'
import { outputError } from '../../imaging/atomic-write.js'
import { logLines } from './log-lines.js'

export const logName = 'log.jsonl'

/** The first line of `log.jsonl`; `trainingMeasurementSchema` has the others. */
export const logHeaderSchema = z.object({
  kind: z.literal('training'),
  schema: z.literal('isocenter/training-log@1'),
  created: z.string(),
  version: z.string(),
  configuration: trainingConfigurationSchema,
})

const flushIntervalMs = 1000

/** Appends what a training measures to `log.jsonl`, one JSON object per line. */
export class TrainingLog {
  private pending = ''
  private flushedAtMs = performance.now()

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
  ) {}

  /** Errors: `output-exists` where the folder has a log, `output-unwritable`. */
  static async create(folder: string, configuration: TrainingConfiguration): Promise<TrainingLog> {
    const log = await TrainingLog.open(folder, 'wx')
    const header: z.infer<typeof logHeaderSchema> = {
      kind: 'training',
      schema: 'isocenter/training-log@1',
      created: new Date().toISOString(),
      version,
      configuration,
    }
    log.pending = `${JSON.stringify(header)}\n`
    await log.flush()
    return log
  }

  /**
   * Goes on with a log after the given iteration: what an interrupted run wrote beyond it is cut off, since it will be
   * done again. A folder without a log gets a new one. Errors: `output-unwritable`.
   */
  static async resume(
    folder: string,
    configuration: TrainingConfiguration,
    iteration: number,
  ): Promise<TrainingLog> {
    const keptBytes = await bytesUpTo(join(folder, logName), iteration)
    if (keptBytes === null) return TrainingLog.create(folder, configuration)
    const log = await TrainingLog.open(folder, 'r+')
    await log.file.truncate(keptBytes)
    await log.file.close()
    return TrainingLog.open(folder, 'a')
  }

  /** Reaches the file within a second of further measurements, or at `flush`. Errors: `output-unwritable`. */
  async add(measurement: TrainingMeasurement): Promise<void> {
    this.pending += `${JSON.stringify(measurement)}\n`
    if (performance.now() - this.flushedAtMs >= flushIntervalMs) await this.flush()
  }

  async flush(): Promise<void> {
    const text = this.pending
    this.pending = ''
    this.flushedAtMs = performance.now()
    try {
      await this.file.appendFile(text)
    } catch (error) {
      throw outputError(error, this.path)
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.file.close()
    }
  }

  private static async open(folder: string, flags: string): Promise<TrainingLog> {
    const path = join(folder, logName)
    try {
      return new TrainingLog(await open(path, flags), path)
    } catch (error) {
      throw outputError(error, path)
    }
  }
}

/** Bytes of the whole lines that tell of nothing after `iteration`; null where there is no log. */
async function bytesUpTo(path: string, iteration: number): Promise<number | null> {
  let end: number | null = null
  for await (const { value, endByte } of logLines(path)) {
    const isLater = 'iteration' in value && typeof value.iteration === 'number' && value.iteration > iteration
    if (isLater) break
    end = endByte
  }
  return end
}
