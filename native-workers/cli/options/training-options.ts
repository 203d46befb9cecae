import { InvalidArgumentError, Option, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import type { OperationRequest } from '../../contract/operations/index.js'
import { attenuationModelSchema, type AttenuationModel } from '../../contract/operations/sources.js'
import { trainerNameSchema, trainingDeviceSchema } from '../../contract/operations/train.js'
import { networkNameSchema, rotationFormSchema, type NetworkName } from '../../contract/training/network.js'
import type { LossWeights } from '../../contract/training/configuration.js'
import {
  anatomies,
  anatomyPresets,
  trainingDefaults,
  type Anatomy,
  type TrainingDefaults,
} from '../../contract/training/presets.js'
import { parseCount, parseNonNegative, parseNumber, parsePositive, parsePositiveCount } from './values.js'

type TrainRequest = OperationRequest<'train'>
type Configuration = TrainRequest['configuration']
type Subjects = Configuration['subjects']

export interface MachineOptions {
  readonly device: 'auto' | 'cuda' | 'webgpu' | 'cpu'
  readonly trainer: 'onnx' | 'tensorflow'
  readonly threads?: number
}

const rangeNames = ['r1', 'r2', 'r3', 'tx', 'ty', 'tz'] as const
type RangeName = (typeof rangeNames)[number]

export interface TrainingOptions extends MachineOptions, Partial<Record<RangeName, readonly number[]>> {
  readonly preset?: Anatomy
  readonly attenuation: AttenuationModel
  readonly boneMultiplier?: readonly number[]
  readonly batchSize?: number
  readonly imgThreshold: number
  readonly maskThreshold: number
  readonly pAugmentation?: number
  readonly reuse?: number
  readonly sdd?: number
  readonly height?: number
  readonly delx?: number
  readonly orientation?: 'AP' | 'PA' | 'none'
  readonly reverseXAxis?: boolean
  readonly modelName: NetworkName
  readonly parameterization: (typeof rotationFormSchema.options)[number]
  readonly convention: string
  readonly unitConversionFactor: number
  readonly lr?: number
  readonly weightNcc?: number
  readonly weightGeo?: number
  readonly weightDice?: number
  readonly weightHaus?: number
  readonly rotationArm?: number
  readonly nTotalItrs?: number
  readonly nWarmupItrs?: number
  readonly nGradAccumItrs?: number
  readonly nSaveEveryItrs?: number
  readonly disableScheduler?: boolean
  readonly validationCount?: number
  readonly validateEvery?: number
  readonly seed: number
}

/** Options with xvr's names, which mean the same there (specification §3.10). */
export function addTrainingOptions(command: Command): Command {
  command
    .optionsGroup('Views that X-rays are simulated from:')
    .addOption(
      new Option(
        '--preset <anatomy>',
        'ranges and detector for an anatomy; what is given replaces its own',
      ).choices(anatomies),
    )
  for (const name of rangeNames) {
    const what = rangeHelp[name]
    command.addOption(new Option(`--${name} <low high...>`, what).argParser(collectNumbers))
  }
  command
    .addOption(
      new Option(
        '--attenuation <model>',
        "HU to mu in 1/mm, to DiffDRR's density, or voxel values as they are",
      )
        .choices(attenuationModelSchema.options)
        .default('mu'),
    )
    .addOption(
      new Option(
        '--bone-multiplier <low high...>',
        'range of the attenuation of bone (default: 1 4 for light, else 1 10)',
      ).argParser(collectNumbers),
    )
    .option('--batch-size <count>', defaultHelp('X-rays per step', 'batchSize'), parsePositiveCount)
    .option('--img-threshold <share>', 'least share of pixels that show something', parseNonNegative, 0.1)
    .option(
      '--mask-threshold <share>',
      'with masks: least share of pixels inside them',
      parseNonNegative,
      0.05,
    )
    .option(
      '--p-augmentation <share>',
      defaultHelp('probability of each augmentation', 'augmentation'),
      parseNonNegative,
    )
    .option(
      '--reuse <count>',
      'steps that each rendered batch serves for, augmented anew',
      parsePositiveCount,
    )
    .optionsGroup('Detector:')
    .option('--sdd <mm>', 'source-to-detector distance', parsePositive)
    .option('--height <pixels>', 'along each edge (default: 128)', parsePositiveCount)
    .option('--delx <mm>', 'edge of a pixel', parsePositive)
    .addOption(new Option('--orientation <side>', 'of the poses (default: AP)').choices(['AP', 'PA', 'none']))
    .option('--reverse-x-axis', 'as radiographs are hung (default)')
    .option('--no-reverse-x-axis', 'columns run the other way')
    .optionsGroup('Network:')
    .addOption(
      new Option('--model-name <name>', 'light has 1 M parameters, for machines without a GPU')
        .choices(networkNameSchema.options)
        .default('light'),
    )
    .addOption(
      new Option('--parameterization <name>', 'numbers that stand for a rotation')
        .choices(rotationFormSchema.options)
        .default('quaternion_adjugate'),
    )
    .option('--convention <axes>', 'order of Euler angles', 'ZXY')
    .option('--unit-conversion-factor <mm>', 'millimetres per unit of the output', parsePositive, 1000)
    .optionsGroup('Optimiser:')
    .option('--lr <rate>', defaultHelp('largest learning rate', 'learningRate'), parsePositive)
    .option(
      '--weight-ncc <weight>',
      weightHelp('of the similarity of X-ray and DRR', 'ncc'),
      parseNonNegative,
    )
    .option(
      '--weight-geo <weight>',
      weightHelp('of the distance of the poses, per mm', 'geo'),
      parseNonNegative,
    )
    .option('--weight-dice <weight>', weightHelp('of the overlap of silhouettes', 'dice'), parseNonNegative)
    .option(
      '--weight-haus <weight>',
      weightHelp('of the distance between silhouettes', 'haus'),
      parseNonNegative,
    )
    .option(
      '--rotation-arm <mm>',
      'arm that rotations swing in that distance (default: 150 for light, else half of --sdd)',
      parsePositive,
    )
    .option('--n-total-itrs <count>', defaultHelp('iterations', 'totalIterations'), parsePositiveCount)
    .option('--n-warmup-itrs <count>', defaultHelp('of a rising rate', 'warmupIterations'), parseCount)
    .option('--n-grad-accum-itrs <count>', defaultHelp('for one update', 'accumulate'), parsePositiveCount)
    .option(
      '--n-save-every-itrs <count>',
      defaultHelp('between checkpoints', 'saveEvery'),
      parsePositiveCount,
    )
    .option('--disable-scheduler', 'a constant learning rate')
    .optionsGroup('Validation on X-rays that are never trained on:')
    .option('--validation-count <count>', defaultHelp('X-rays', 'validationCount'), parseCount)
    .option('--validate-every <count>', defaultHelp('iterations', 'validateEvery'), parsePositiveCount)
  return addMachineOptions(command).option('--seed <number>', 'of all that is drawn', parseCount, 0)
}

export function addMachineOptions(command: Command): Command {
  return command
    .optionsGroup('Machine:')
    .addOption(
      new Option('--device <name>', 'auto: the first of CUDA, WebGPU and CPU that works')
        .choices(trainingDeviceSchema.options)
        .default('auto'),
    )
    .addOption(
      new Option('--trainer <name>', 'tensorflow where that is installed')
        .choices(trainerNameSchema.options)
        .default('onnx'),
    )
    .option('--threads <count>', 'CPU threads (default: all cores)', parsePositiveCount)
}

export function machineSettings({ device, trainer, threads }: MachineOptions) {
  return { device, trainer, threads }
}

/**
 * The configuration of a training: what is given, else the preset's, else the network's defaults. Throws
 * `input-invalid` for ranges or a detector that neither names.
 */
export function trainingConfiguration(options: TrainingOptions, subjects: Subjects): Configuration {
  const defaults = trainingDefaults[options.modelName]
  const preset = options.preset === undefined ? undefined : anatomyPresets[options.preset]
  const range = (name: RangeName, usual: readonly [number, number] | undefined): [number, number] =>
    pair(options[name] ?? usual, `--${name}`)
  const height = options.height ?? defaults.height
  const given = preset?.range
  return {
    subjects,
    detector: {
      sddMm: options.sdd ?? preset?.detector.sddMm ?? missing('--sdd'),
      height,
      delxMm: options.delx ?? (preset === undefined ? missing('--delx') : preset.detectorMm / height),
      orientation: options.orientation ?? preset?.detector.orientation,
      reverseXAxis: options.reverseXAxis ?? preset?.detector.reverseXAxis,
    },
    sampling: {
      range: {
        r1Deg: range('r1', given?.r1Deg),
        r2Deg: range('r2', given?.r2Deg),
        r3Deg: range('r3', given?.r3Deg),
        txMm: range('tx', given?.txMm),
        tyMm: range('ty', given?.tyMm),
        tzMm: range('tz', given?.tzMm),
      },
      batchSize: options.batchSize ?? defaults.batchSize,
      imageThreshold: options.imgThreshold,
      maskThreshold: options.maskThreshold,
      attenuation: options.attenuation,
      boneMultiplier: pair(options.boneMultiplier ?? defaults.boneMultiplier, '--bone-multiplier'),
      augmentation: options.pAugmentation ?? defaults.augmentation,
      reuse: options.reuse ?? defaults.reuse,
    },
    network: {
      name: options.modelName,
      parameterization: options.parameterization,
      convention: options.convention,
      unitConversionFactor: options.unitConversionFactor,
    },
    optimisation: {
      learningRate: options.lr ?? defaults.learningRate,
      weights: {
        ncc: options.weightNcc ?? defaults.weights.ncc,
        geo: options.weightGeo ?? defaults.weights.geo,
        dice: options.weightDice ?? defaults.weights.dice,
        haus: options.weightHaus ?? defaults.weights.haus,
      },
      rotationArmMm: options.rotationArm ?? defaults.rotationArmMm,
      totalIterations: options.nTotalItrs ?? defaults.totalIterations,
      warmupIterations: Math.min(
        options.nWarmupItrs ?? defaults.warmupIterations,
        options.nTotalItrs ?? defaults.totalIterations,
      ),
      accumulate: options.nGradAccumItrs ?? defaults.accumulate,
      saveEvery: options.nSaveEveryItrs ?? defaults.saveEvery,
      schedule: options.disableScheduler !== true,
    },
    validation: {
      count: options.validationCount ?? defaults.validationCount,
      every: options.validateEvery ?? defaults.validateEvery,
    },
    seed: options.seed,
  }
}

const rangeHelp: Readonly<Record<RangeName, string>> = {
  r1: 'degrees about the long axis',
  r2: 'degrees of cranio-caudal tilt',
  r3: 'degrees in the plane of the picture',
  tx: 'mm along the columns',
  ty: 'mm from the source to the centre of the volume',
  tz: 'mm along the rows',
}

/** `-30 30` and `-30,30` alike. */
export function collectNumbers(text: string, previous: readonly number[] | undefined): readonly number[] {
  const numbers = text.split(',').map(parseNumber)
  const collected = [...(previous ?? []), ...numbers]
  if (collected.length > 2) throw new InvalidArgumentError('Two numbers are needed, the lower one first.')
  return collected
}

function pair(values: readonly number[] | undefined, flag: string): [number, number] {
  if (values === undefined) return missing(flag)
  const [low, high] = values
  if (low !== undefined && high !== undefined && low <= high) return [low, high]
  throw new UserError('input-invalid', `${flag} needs two numbers, the lower one first.`)
}

function missing(flag: string): never {
  throw new UserError('input-invalid', `${flag} is not given.`, `Add ${flag}, or --preset with an anatomy.`)
}

type PlainDefault = Exclude<keyof TrainingDefaults, 'weights' | 'boneMultiplier' | 'rotationArmMm'>

function defaultHelp(what: string, name: PlainDefault): string {
  const { light, resnet18 } = trainingDefaults
  return withDefaults(what, light[name], resnet18[name])
}

function weightHelp(what: string, name: keyof LossWeights): string {
  const { light, resnet18 } = trainingDefaults
  return withDefaults(what, light.weights[name], resnet18.weights[name])
}

function withDefaults(what: string, light: number, others: number): string {
  return `${what} (default: ${light === others ? light : `${light} for light, else ${others}`})`
}
