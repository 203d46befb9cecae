import { Option, type Command } from 'commander'
import { parsePositive } from './values.js'

export interface MethodOptions {
  readonly method: 'siddon' | 'trilinear'
  readonly step?: number
}

export function addMethodOptions(command: Command): Command {
  return command
    .optionsGroup('Rendering:')
    .addOption(
      new Option('--method <name>', 'siddon: exact voxel paths; trilinear: ray marching')
        .choices(['siddon', 'trilinear'])
        .default('trilinear'),
    )
    .option('--step <voxels>', 'sampling step of trilinear, at most 4 (default: 0.5)', parsePositive)
}

export function methodSettings({ method, step }: MethodOptions) {
  return { method, stepVoxels: step }
}
