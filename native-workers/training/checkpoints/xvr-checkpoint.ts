import { basename } from 'node:path'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import {
  type TrainingConfiguration,
  trainingConfigurationSchema,
} from '../../contract/training/configuration.js'
import { networkNameSchema, rotationFormSchema } from '../../contract/training/network.js'
import { trainingDefaults } from '../../contract/training/presets.js'
import { openTorchFile, type TorchFile } from '../../imaging/torch-file/open-torch-file.js'
import { NamedText, Tensor } from '../../imaging/torch-file/python-values.js'
import { type ResnetShape } from '../networks/resnet.js'
import { trainablePoseNetwork } from '../networks/trainable-pose-network.js'
import { type NamedArray } from '../trainer.js'

/** What a `.pth` of xvr holds (specification §3.8). */
export interface XvrCheckpoint {
  readonly configuration: TrainingConfiguration
  readonly parameters: readonly NamedArray[]
  readonly iteration: number
  readonly created: string
  /** As it stands in the file. */
  readonly config: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

const pairSchema = z.tuple([z.number(), z.number()])
const number = (usual: number) =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? usual)

/** xvr's keys over all its versions; defaults are those of the versions that did not write the key. */
const configSchema = z.object({
  volpath: z.string().nullish(),
  inpath: z.string().nullish(),
  r1: pairSchema.optional(),
  r2: pairSchema.optional(),
  r3: pairSchema.optional(),
  tx: pairSchema.optional(),
  ty: pairSchema.optional(),
  tz: pairSchema.optional(),
  sdd: z.number().positive(),
  height: z.int().positive(),
  delx: z.number().positive(),
  orientation: z.enum(['AP', 'PA']).nullable().default('PA'),
  reverse_x_axis: z.boolean().default(false),
  model_name: z.string().default('resnet18'),
  norm_layer: z.string().default('groupnorm'),
  parameterization: z.string().default('euler_angles'),
  convention: z.string().nullish(),
  unit_conversion_factor: z.number().positive().optional(),
  p_augmentation: number(0.333),
  batch_size: number(116),
  lr: number(2e-4),
  weight_ncc: number(1),
  weight_geo: number(0.01),
  weight_dice: number(1),
  weight_haus: number(0.1),
  n_total_itrs: number(1_000_000),
  n_warmup_itrs: number(1000),
  n_grad_accum_itrs: number(1),
  n_save_every_itrs: number(1000),
})
type XvrConfig = z.infer<typeof configSchema>

/**
 * Reads a checkpoint of xvr; nothing in it is run. `shape` is for tests. Errors: those of `openTorchFile`;
 * `format-unknown` (no checkpoint), `format-unsupported` (another network than ours).
 */
export async function readXvrCheckpoint(path: string, shape?: ResnetShape): Promise<XvrCheckpoint> {
  const file = await openTorchFile(path)
  const root: ReadonlyMap<unknown, unknown> = file.root instanceof Map ? file.root : new Map()
  const [state, rawConfig] = [root.get('model_state_dict'), root.get('config')]
  if (!(state instanceof Map && rawConfig instanceof Map)) {
    throw new UserError(
      'format-unknown',
      `"${file.name}" is no checkpoint of xvr: it lacks "model_state_dict" or "config".`,
    )
  }
  const config = Object.fromEntries([...rawConfig].map(([key, value]) => [String(key), plain(value)]))
  const parsed = configSchema.safeParse(withRanges(config))
  if (!parsed.success) {
    const [{ path: where, message }] = parsed.error.issues
    throw new UserError(
      'format-unsupported',
      `The configuration in "${file.name}" is not understood: "${where.join('.')}": ${message}.`,
    )
  }
  const configuration = configurationOf(parsed.data, file.name)
  const [iteration, date] = [root.get('itr'), plain(root.get('date'))]
  const notes =
    parsed.data.unit_conversion_factor === undefined
      ? [
          `"${file.name}" states no unit_conversion_factor; as in xvr, its translations are taken as millimetres.`,
        ]
      : []
  return {
    configuration,
    parameters: await parametersOf(file, state, configuration, shape),
    iteration: typeof iteration === 'number' ? iteration : 0,
    created: typeof date === 'string' ? date : '',
    config,
    notes,
  }
}

/** Tuples are lists, paths and dates their text. */
function plain(value: unknown): unknown {
  if (value instanceof NamedText) return value.text
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Tensor ? undefined : value
}

/** The first versions wrote each range as two keys. */
function withRanges(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const older = { r1: 'alpha', r2: 'beta', r3: 'gamma', tx: 'tx', ty: 'ty', tz: 'tz' }
  const oldest = { tx: 'bx', ty: 'by', tz: 'bz' }
  const ranges = [...Object.entries(oldest), ...Object.entries(older)].flatMap(([name, stem]) => {
    const [low, high] = [config[`${stem}min`], config[`${stem}max`]]
    return low === undefined || high === undefined ? [] : [[name, [low, high]] as const]
  })
  return { ...Object.fromEntries(ranges), ...config }
}

function configurationOf(config: XvrConfig, name: string): TrainingConfiguration {
  const refuse = (what: string, value: string, known: readonly string[]): never => {
    throw new UserError(
      'format-unsupported',
      `"${name}" has the ${what} "${value}", which is not known here.`,
      `Known are: ${known.join(', ')}.`,
    )
  }
  const model = networkNameSchema.safeParse(config.model_name)
  const form = rotationFormSchema.safeParse(config.parameterization)
  if (config.norm_layer !== 'groupnorm') refuse('norm_layer', config.norm_layer, ['groupnorm'])
  if (!model.success) return refuse('model_name', config.model_name, networkNameSchema.options)
  if (!form.success) return refuse('parameterization', config.parameterization, rotationFormSchema.options)
  const volume = config.volpath ?? config.inpath ?? ''
  const anywhere = (range: readonly [number, number] | undefined, usual: number): [number, number] =>
    range === undefined ? [usual, usual] : [Math.min(...range), Math.max(...range)]
  return trainingConfigurationSchema.parse({
    subjects: [{ name: basename(volume) || 'unknown', volume: { path: volume || 'unknown' } }],
    detector: {
      sddMm: config.sdd,
      height: config.height,
      delxMm: config.delx,
      orientation: config.orientation ?? 'none',
      reverseXAxis: config.reverse_x_axis,
    },
    sampling: {
      range: {
        r1Deg: anywhere(config.r1, 0),
        r2Deg: anywhere(config.r2, 0),
        r3Deg: anywhere(config.r3, 0),
        txMm: anywhere(config.tx, 0),
        tyMm: anywhere(config.ty, 0.735 * config.sdd),
        tzMm: anywhere(config.tz, 0),
      },
      batchSize: config.batch_size,
      augmentation: config.p_augmentation,
    },
    network: {
      name: model.data,
      parameterization: form.data,
      convention: config.convention ?? 'ZXY',
      unitConversionFactor: config.unit_conversion_factor ?? 1,
    },
    optimisation: {
      learningRate: config.lr,
      weights: {
        ncc: config.weight_ncc,
        geo: config.weight_geo,
        dice: config.weight_dice,
        haus: config.weight_haus,
      },
      totalIterations: config.n_total_itrs,
      warmupIterations: config.n_warmup_itrs,
      accumulate: config.n_grad_accum_itrs,
      saveEvery: config.n_save_every_itrs,
    },
    validation: { every: trainingDefaults[model.data].validateEvery },
  })
}

/** The network's parameters in its own order, whatever wrapped the module that was saved. */
async function parametersOf(
  file: TorchFile,
  state: ReadonlyMap<unknown, unknown>,
  { network, detector }: TrainingConfiguration,
  shape: ResnetShape | undefined,
): Promise<NamedArray[]> {
  const tensors = new Map(
    [...state].map(([key, value]) => [String(key).replace(/^(module\.|_orig_mod\.)+/, ''), value]),
  )
  const parameters: NamedArray[] = []
  for (const declared of trainablePoseNetwork(network, detector.height, undefined, shape).parameters) {
    const tensor = tensors.get(declared.name)
    if (!(tensor instanceof Tensor) || tensor.shape.join() !== declared.shape.join()) {
      throw new UserError(
        'format-unsupported',
        `The network in "${file.name}" is no ${network.name} as xvr's: "${declared.name}" is absent or not ${declared.shape.join(' x ')}.`,
      )
    }
    parameters.push({ name: declared.name, shape: declared.shape, values: await file.floats(tensor) })
  }
  return parameters
}
