import { type Command } from 'commander'
import { type Vector3 } from '../../contract/matrix.js'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parsePositiveVector3 } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface InfoOptions extends CommonOptions {
  readonly spacing?: Vector3
}

/** `isocenter info FILE|FOLDER`. */
export function addInfoCommand(program: Command, host: CommandHost): void {
  program
    .command('info')
    .usage('FILE|FOLDER [options]')
    .summary('what a file or folder is, its geometry, its warnings')
    .description('Tells what a file or folder is, its geometry and its warnings.')
    .argument('<path>', 'volume, DICOM folder, X-ray, camera, calibration, pose, points or result')
    .optionsGroup('Input:')
    .option('--spacing <X,Y,Z>', 'voxel spacing in mm, for a TIFF stack', parsePositiveVector3)
    .action((path: string, options: InfoOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('info', { path, spacingMm: options.spacing })
        session.report(infoText(output), output)
        return exitCodes.success
      }),
    )
}

function infoText({ title, facts, issues }: InfoOutput): string {
  const findings = issues.map(({ severity, message }) => `${severity}: ${message}\n`).join('')
  return `${title}\n${factsTable(facts)}${findings}`
}
