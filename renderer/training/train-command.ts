import { flag, option, type CommandLine } from '../steps/shared/command-line.js'
import { volumeOptions } from '../steps/shared/volume-options.js'
import { text } from '../text/en.js'
import { trainingDefaults } from '../../native-workers/contract/training/presets.js'
import { rangeNames } from './ranges.js'
import type { TrainRequest } from './train-request.js'

const rangeOptions = {
  r1Deg: '--r1',
  r2Deg: '--r2',
  r3Deg: '--r3',
  txMm: '--tx',
  tyMm: '--ty',
  tzMm: '--tz',
} as const

/** The command that trains the same, in xvr's words. */
export function trainCommand({ configuration, folder, device, threads }: TrainRequest): CommandLine {
  const { detector, network, optimisation, sampling, validation } = configuration
  const inputs = subjectOptions(configuration.subjects)
  if (inputs.kind === 'none') return inputs
  const usual = trainingDefaults[network.name]
  const [boneLow, boneHigh] = sampling.boneMultiplier ?? usual.boneMultiplier
  const isUsualBone = boneLow === usual.boneMultiplier[0] && boneHigh === usual.boneMultiplier[1]
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'train', ...inputs.words, '--outpath', folder],
      ...rangeNames.flatMap((name) => [rangeOptions[name], ...sampling.range[name].map(String)]),
      ...['--sdd', String(detector.sddMm), '--height', String(detector.height)],
      ...['--delx', String(detector.delxMm)],
      ...option('--orientation', detector.orientation, 'AP'),
      ...(detector.reverseXAxis === false ? ['--no-reverse-x-axis'] : []),
      ...['--model-name', network.name],
      ...option('--parameterization', network.parameterization, 'quaternion_adjugate'),
      ...['--batch-size', String(sampling.batchSize)],
      ...option('--p-augmentation', sampling.augmentation, usual.augmentation),
      ...(isUsualBone ? [] : ['--bone-multiplier', String(boneLow), String(boneHigh)]),
      ...['--lr', String(optimisation.learningRate ?? 2e-4)],
      ...['--n-total-itrs', String(optimisation.totalIterations)],
      ...['--n-warmup-itrs', String(optimisation.warmupIterations)],
      ...['--n-grad-accum-itrs', String(optimisation.accumulate ?? 1)],
      ...['--n-save-every-itrs', String(optimisation.saveEvery)],
      ...option('--weight-ncc', optimisation.weights?.ncc, usual.weights.ncc),
      ...option('--weight-geo', optimisation.weights?.geo, usual.weights.geo),
      ...option('--weight-dice', optimisation.weights?.dice, usual.weights.dice),
      ...option('--weight-haus', optimisation.weights?.haus, usual.weights.haus),
      ...option('--rotation-arm', optimisation.rotationArmMm, usual.rotationArmMm),
      ...['--validation-count', String(validation.count ?? 64)],
      ...['--validate-every', String(validation.every)],
      ...option('--reuse', sampling.reuse, 1),
      ...machineOptions({ device, threads, seed: configuration.seed }),
    ],
  }
}

/** The command that fine-tunes the same. */
export function finetuneCommand(request: TrainRequest): CommandLine {
  const { configuration, checkpoint, warp, folder, device, threads } = request
  const [subject] = configuration.subjects
  if (subject === undefined || checkpoint === undefined)
    return { kind: 'none', reason: text.preparation.command.incomplete }
  const source = volumeOptions(subject.volume)
  if (source.kind === 'none') return source
  const { optimisation, sampling } = configuration
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'finetune', '--inpath', subject.volume.path, ...source.words],
      ...option('--maskpath', subject.labels?.path),
      ...labelOptions(subject.labels?.structures),
      ...['--ckptpath', checkpoint, '--outpath', folder],
      ...option('--warp', warp?.path),
      ...flag('--invert', warp?.invert),
      ...['--n-total-itrs', String(optimisation.totalIterations)],
      ...['--lr', String(optimisation.learningRate ?? 1e-3)],
      ...['--batch-size', String(sampling.batchSize)],
      ...['--n-save-every-itrs', String(optimisation.saveEvery)],
      ...machineOptions({ device, threads, seed: configuration.seed }),
    ],
  }
}

/** The command that goes on with a training. */
export const restartCommand = (folder: string): CommandLine => ({
  kind: 'command',
  words: ['isocenter', 'restart', folder],
})

function machineOptions(of: { device?: string; threads?: number; seed?: number }): string[] {
  return [
    ...option('--seed', of.seed, 0),
    ...option('--device', of.device, 'auto'),
    ...option('--threads', of.threads),
  ]
}

function labelOptions(structures: readonly number[] | undefined): string[] {
  return structures === undefined || structures.length === 0 ? [] : ['--labels', structures.join(',')]
}

/** The CTs in their order, with their label maps in the same. */
function subjectOptions(subjects: TrainRequest['configuration']['subjects']): CommandLine {
  const words = text.training.command
  const sources = subjects.map(({ volume }) => volumeOptions(volume))
  const refused = sources.find((source) => source.kind === 'none')
  if (refused !== undefined) return refused
  const labels = subjects.flatMap((subject) => (subject.labels === undefined ? [] : [subject.labels]))
  if (labels.length > 0 && labels.length < subjects.length) return { kind: 'none', reason: words.someLabels }
  if (new Set(subjects.map(({ weight }) => weight)).size > 1) return { kind: 'none', reason: words.weights }
  const flags = new Set(sources.flatMap((source) => (source.kind === 'command' ? source.words : [])))
  return {
    kind: 'command',
    words: [
      ...['--volpath', ...subjects.map(({ volume }) => volume.path), ...flags],
      ...(labels.length === 0 ? [] : ['--maskpath', ...labels.map(({ path }) => path)]),
      ...labelOptions(labels[0]?.structures),
    ],
  }
}
