import { Option, type Command } from 'commander'
import { type OperationRequest } from '../../contract/operations/index.js'
import { metricSchema, type MetricName } from '../../contract/operations/register.js'
import { parseCount, parseList, parsePositive } from './values.js'

export interface SolverOptions {
  readonly metric: MetricName
  readonly optimizer: 'lm' | 'adam'
  readonly scales?: readonly number[]
  readonly finish: 'standard' | 'fine'
  readonly silhouetteMargin?: number
  readonly robust?: boolean
  /** False after --no-cap-rays. */
  readonly capRays: boolean
  readonly refineIntrinsics?: boolean
  readonly refineIntensity?: boolean
  readonly confidence: 'full' | 'none'
  readonly seed: number
}

export function addSolverOptions(command: Command): Command {
  return command
    .optionsGroup('Optimisation:')
    .addOption(
      new Option('--metric <name>', 'image similarity').choices(metricSchema.options).default('gmncc'),
    )
    .addOption(
      new Option('--optimizer <name>', "lm: Levenberg-Marquardt; adam: xvr's schedule")
        .choices(['lm', 'adam'])
        .default('lm'),
    )
    .option('--scales <list>', "divisors of the X-ray's height, coarse to fine, e.g. 24,12,6", (text) =>
      parseList(text, parsePositive),
    )
    .addOption(
      new Option('--finish <level>', 'fine adds the 256-pixel level')
        .choices(['standard', 'fine'])
        .default('fine'),
    )
    .option('--silhouette-margin <mm>', 'with --structures: compare only this near to them', parsePositive)
    .option('--robust', 'down-weight regions that disagree (metal, instruments)')
    .option('--no-cap-rays', 'also use rays through the ends of the CT')
    .option('--refine-intrinsics', 'also refine source-to-detector distance and principal point')
    .option('--refine-intensity', "also fit a monotone curve between the DRR's and the X-ray's intensities")
    .addOption(
      new Option('--confidence <kind>', 'full computes refits for the expected error')
        .choices(['full', 'none'])
        .default('full'),
    )
    .option('--seed <number>', 'seed of everything random', parseCount, 0)
}

/** The solver's part of the contract's register input. */
export function solverSettings(options: SolverOptions): Partial<OperationRequest<'register'>> {
  return {
    metric: options.metric,
    optimizer: options.optimizer,
    scales: options.scales === undefined ? undefined : [...options.scales],
    finish: options.finish,
    silhouetteMarginMm: options.silhouetteMargin,
    robust: options.robust,
    capRays: options.capRays,
    refineIntrinsics: options.refineIntrinsics,
    refineIntensity: options.refineIntensity,
    confidence: options.confidence,
    seed: options.seed,
  }
}
