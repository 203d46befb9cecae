import { type Command } from 'commander'
import { dirname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import {
  type RenderHighQualityDrrInput,
  type RenderHighQualityDrrOutput,
} from '../../contract/operations/high-quality-drr.js'
import { type AttenuationModel } from '../../contract/operations/sources.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { exitCodes } from '../exit-codes.js'
import { parsePositiveCount } from '../options/values.js'
import { type Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'

export interface HighQualityOptions {
  readonly view?: number
  readonly supersampling?: number
  readonly force?: boolean
}

/** The options that only `drr --quality high` knows. */
export function addHighQualityOptions(command: Command): void {
  command
    .optionsGroup('High quality:')
    .option('--view <number>', 'which X-ray of the result (default: 1)', parsePositiveCount)
    .option('--supersampling <n>', 'n x n rays per pixel, at most 8 (default: 2)', parsePositiveCount)
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
}

interface HighQualityRequest extends HighQualityOptions {
  readonly out: string
  readonly attenuation: AttenuationModel
  readonly boneMultiplier: number
  readonly threads?: number
}

/**
 * Renders a scene by exact paths at full resolution. What was not asked for on the command line follows the
 * registration. Errors: `input-invalid` (options of the standard quality), those of `render-high-quality-drr`.
 */
export async function runHighQuality(
  session: Session,
  command: Command,
  scene: RenderHighQualityDrrInput['scene'],
  options: HighQualityRequest,
): Promise<number> {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli'
  if (isGiven('method') || isGiven('step')) {
    throw new UserError(
      'input-invalid',
      '--method and --step belong to the standard quality; high quality always takes exact voxel paths.',
      'Leave them out, or use --supersampling for finer pictures.',
    )
  }
  await assertFolderWritable(dirname(options.out))
  const output = await session.run('render-high-quality-drr', {
    scene,
    attenuation: isGiven('attenuation') ? options.attenuation : undefined,
    boneMultiplier: isGiven('boneMultiplier') ? options.boneMultiplier : undefined,
    supersampling: options.supersampling,
    outputPath: options.out,
    threads: options.threads,
    force: options.force,
  })
  output.warnings.forEach((warning) => {
    session.note(`warning: ${warning}`)
  })
  session.report(highQualityText(options.out, output), { file: options.out, ...output })
  return exitCodes.success
}

function highQualityText(path: string, output: RenderHighQualityDrrOutput): string {
  const { width, height, minimum, maximum, seconds, isUpToDate } = output
  return factsTable([
    { name: 'written to', value: path },
    { name: 'size', value: `${width} x ${height} pixels` },
    { name: 'line integrals', value: `${minimum.toPrecision(5)} to ${maximum.toPrecision(5)}` },
    isUpToDate
      ? { name: 'state', value: 'up to date, nothing was done' }
      : { name: 'rendered in', value: `${seconds.toFixed(1)} s` },
  ])
}
