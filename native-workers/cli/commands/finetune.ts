import { type Command } from 'commander'
import { resolve } from 'node:path'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import {
  finetuneConfiguration,
  finetuneHelp,
  type FinetuneSettings,
} from '../options/finetune-configuration.js'
import { finetuneIterations } from '../../contract/training/presets.js'
import { addMachineOptions, machineSettings, type MachineOptions } from '../options/training-options.js'
import { parseCount, parseList, parsePositive, parsePositiveCount } from '../options/values.js'
import { reportTraining } from './train.js'
import { trainingSubjects } from './training-subjects.js'

interface FinetuneOptions extends CommonOptions, MachineOptions, FinetuneSettings {
  readonly inpath: string
  readonly maskpath?: string
  readonly labels?: readonly number[]
  readonly acceptGeometry?: boolean
  readonly outpath: string
  readonly ckptpath: string
  readonly warp?: string
  readonly invert?: boolean
}

/** `isocenter finetune -i CT -c CKPT -o DIR`. */
export function addFinetuneCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('finetune')
    .usage('-i CT -c CKPT -o DIR [options]')
    .summary('adapt a trained network to a patient')
    .description(
      "Goes on training a network on one patient's CT, with the views, the detector and the network of the checkpoint and a short schedule.",
    )
    .optionsGroup('Data:')
    .requiredOption('-i, --inpath <path>', 'the CT')
    .option('-m, --maskpath <path>', 'its label map')
    .option('--labels <list>', 'only these structures, e.g. 1,2', (text) =>
      parseList(text, parsePositiveCount),
    )
    .option('--accept-geometry', 'go on in spite of geometry warnings of the CT')
    .requiredOption('-c, --ckptpath <path>', "checkpoint, or folder of a training; also xvr's .pth")
    .requiredOption('-o, --outpath <folder>', 'folder to write into')
    .optionsGroup('Frame:')
    .option('-w, --warp <file>', "ITK transform of the checkpoint's template to the CT")
    .option('--invert', 'the transform maps the other way')
    .optionsGroup('Optimiser:')
    .option(
      '--rescale <factor>',
      "more pixels on the same detector: height times it, as xvr's",
      parsePositive,
    )
    .option('--batch-size <count>', 'X-rays per step (default: as in the checkpoint)', parsePositiveCount)
    .option('--lr <rate>', finetuneHelp('largest learning rate', 'learningRate'), parsePositive)
    .option(
      '--n-total-itrs <count>',
      `iterations (default: ${finetuneIterations.light} for light, else ${finetuneIterations.resnet18})`,
      parsePositiveCount,
    )
    .option('--n-warmup-itrs <count>', finetuneHelp('of a rising rate', 'warmupIterations'), parseCount)
    .option('--n-grad-accum-itrs <count>', finetuneHelp('for one update', 'accumulate'), parsePositiveCount)
    .option(
      '--n-save-every-itrs <count>',
      finetuneHelp('between checkpoints', 'saveEvery'),
      parsePositiveCount,
    )
    .option('--seed <number>', 'of all that is drawn', parseCount, 0)
  addMachineOptions(command).action((options: FinetuneOptions) =>
    host.run(options, async (session) => {
      const { inpath, maskpath, labels, acceptGeometry } = options
      const { checkpoint } = await session.run('read-training', { path: options.ckptpath })
      const [subject] = await trainingSubjects({
        volpath: [inpath],
        maskpath: maskpath === undefined ? undefined : [maskpath],
        labels,
        acceptGeometry,
      })
      await assertFolderWritable(options.outpath)
      const output = await session.run('train', {
        configuration: finetuneConfiguration(checkpoint.configuration, subject, options),
        checkpoint: options.ckptpath,
        warp: options.warp === undefined ? undefined : { path: options.warp, invert: options.invert },
        folder: resolve(options.outpath),
        ...machineSettings(options),
      })
      return reportTraining(session, output)
    }),
  )
}
