import { type Command } from 'commander'
import { type PhantomOutput } from '../../contract/operations/phantom.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseCount, parsePositive } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface PhantomOptions extends CommonOptions {
  readonly out: string
  readonly seed: number
  readonly voxelSize?: number
}

/** `isocenter phantom --out DIR`. */
export function addPhantomCommand(program: Command, host: CommandHost): void {
  program
    .command('phantom')
    .usage('--out DIR [options]')
    .summary('a CT phantom, its X-rays with known poses, cameras and landmarks')
    .description('Writes a CT phantom, its labels, X-rays with known poses, cameras and landmarks.')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--voxel-size <mm>', 'voxel size of the CT, at most 5 (default: 1.5)', parsePositive)
    .option('--seed <number>', 'seed of the noise', parseCount, 0)
    .action((options: PhantomOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(options.out)
        const output = await session.run('phantom', {
          folder: options.out,
          seed: options.seed,
          spacingMm: options.voxelSize,
        })
        session.report(phantomText(output), output)
        return exitCodes.success
      }),
    )
}

function phantomText({ volume, labels, landmarks, views }: PhantomOutput): string {
  const files = [
    { name: 'CT', value: volume },
    { name: 'labels', value: labels },
    { name: 'landmarks', value: landmarks },
  ]
  const viewFiles = views.flatMap(({ xray, camera, truth, landmarks: points }, index) => [
    { name: `X-ray ${index + 1}`, value: xray },
    { name: '  camera', value: camera },
    { name: '  true pose', value: truth },
    { name: '  landmarks', value: points },
  ])
  return factsTable([...files, ...viewFiles])
}
