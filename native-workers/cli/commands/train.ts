import { type Command } from 'commander'
import { resolve } from 'node:path'
import type { TrainOutput } from '../../contract/operations/train.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import {
  addTrainingOptions,
  machineSettings,
  trainingConfiguration,
  type TrainingOptions,
} from '../options/training-options.js'
import { parseList, parsePositiveCount } from '../options/values.js'
import type { Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'
import { trainingSubjects, type SubjectOptions } from './training-subjects.js'

interface TrainOptions extends CommonOptions, TrainingOptions, SubjectOptions {
  readonly outpath: string
  readonly ckptpath?: string
  readonly warp?: string
  readonly invert?: boolean
}

/** `isocenter train -v CT... -o DIR`. */
export function addTrainCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('train')
    .usage('-v CT... -o DIR (--preset ANATOMY | --r1 LOW HIGH ...) [options]')
    .summary('train a network on X-rays rendered from CTs')
    .description(
      'Trains a network that sees an X-ray and says the pose, on X-rays that are rendered from CTs. Writes checkpoints, log.jsonl and events for TensorBoard. Names and defaults are those of xvr where they mean the same.',
    )
    .optionsGroup('Data:')
    .requiredOption('-v, --volpath <path...>', 'CTs, or folders of them')
    .option('-m, --maskpath <path...>', 'label maps in the same order, or a folder of them, paired by name')
    .option('--labels <list>', 'only these structures, e.g. 1,2', (text) =>
      parseList(text, parsePositiveCount),
    )
    .option('--sample-weights <file>', 'share of the batches for each CT, one number a line')
    .option('--accept-geometry', 'go on in spite of geometry warnings of the CTs')
    .requiredOption('-o, --outpath <folder>', 'folder to write into')
  addTrainingOptions(command)
    .optionsGroup('Start from a checkpoint (as finetune does):')
    .option('-c, --ckptpath <path>', 'checkpoint, or folder of a training')
    .option('-w, --warp <file>', "ITK transform of the checkpoint's template to the CT")
    .option('--invert', 'the transform maps the other way')
    .action((options: TrainOptions) =>
      host.run(options, async (session) => {
        const configuration = trainingConfiguration(options, await trainingSubjects(options))
        await assertFolderWritable(options.outpath)
        const output = await session.run('train', {
          configuration,
          folder: resolve(options.outpath),
          checkpoint: options.ckptpath,
          warp: options.warp === undefined ? undefined : { path: options.warp, invert: options.invert },
          ...machineSettings(options),
        })
        return reportTraining(session, output)
      }),
    )
}

/** What a finished training says; the notes go to standard error. */
export function reportTraining(session: Session, output: TrainOutput): number {
  output.notes.forEach((note) => {
    session.note(`note: ${note}`)
  })
  const { medianMtreMm } = output
  session.report(
    factsTable([
      { name: 'written to', value: output.folder },
      {
        name: 'iterations',
        value: `${output.iteration}${output.skipped > 0 ? ` (${output.skipped} skipped)` : ''}`,
      },
      { name: 'best checkpoint', value: output.bestCheckpoint },
      { name: 'last checkpoint', value: output.lastCheckpoint },
      {
        name: 'median mTRE',
        value: medianMtreMm === null ? 'not measured' : `${medianMtreMm.toFixed(1)} mm`,
      },
      { name: 'computed by', value: output.device },
    ]),
    output,
  )
  return exitCodes.success
}
