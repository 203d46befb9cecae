import { InvalidArgumentError, Option, type Command } from 'commander'
import { type Vector2, type Vector3 } from '../../contract/matrix.js'
import { orientationSchema } from '../../contract/operations/register.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseFiles, caseName } from '../cases/case-files.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import {
  parseList,
  parsePositive,
  parsePositiveCount,
  parsePositiveVector2,
  parseVector2,
  parseVector3,
} from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'
import { join } from 'node:path'

interface ConvertDiffdrrPoseOptions extends CommonOptions {
  readonly out: string
  readonly volume?: string
  readonly acceptGeometry?: boolean
  readonly isocentre?: Vector3
  readonly orientation?: 'AP' | 'PA' | 'none'
  readonly reverseXAxis?: boolean
  readonly halfTurn?: boolean
  readonly sdd?: number
  readonly imageSize?: readonly [number, number]
  readonly pixelSpacing?: Vector2
  readonly detectorOffset?: Vector2
  readonly force?: boolean
}

/** `isocenter convert diffdrr-pose FILE... --out DIR`. */
export function addConvertDiffdrrPoseCommand(group: Command, host: CommandHost): void {
  group
    .command('diffdrr-pose')
    .usage('FILE... --volume CT --out DIR [options]')
    .summary("DiffDRR's poses, detectors and fiducials")
    .description(
      'Writes poses of DiffDRR, as in the data of xvr ({pose, intrinsics}), as camera and pose files, and fiducials as points.',
    )
    .argument('<files...>', '.pt or .json files, or folders with them')
    .optionsGroup('Centre (one of them):')
    .option('-v, --volume <path>', "the CT, whose centre is DiffDRR's origin")
    .option('--accept-geometry', 'go on in spite of geometry warnings of the CT')
    .option('--isocentre <X,Y,Z>', 'that centre in LPS mm', parseVector3)
    .optionsGroup('Convention:')
    .addOption(new Option('--orientation <side>', 'of the pose').choices(orientationSchema.options))
    .option('--reverse-x-axis', 'columns are reversed')
    .option('--no-reverse-x-axis', 'columns are not reversed')
    .option('--half-turn', "turn about z first, as older poses of DeepFluoro in xvr's data need it")
    .optionsGroup("Detector (default: the file's intrinsics):")
    .option('--sdd <mm>', 'source-to-detector distance', parsePositive)
    .option('--image-size <W,H>', 'pixels', parseImageSize)
    .option('--pixel-spacing <X,Y>', 'mm along columns and rows', parsePositiveVector2)
    .option('--detector-offset <X,Y>', "DiffDRR's x0 and y0 in mm", parseVector2)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'replace what stands there')
    .action((paths: string[], options: ConvertDiffdrrPoseOptions) =>
      host.run(options, async (session) => {
        const files = await caseFiles(paths, ['.pt', '.json'])
        await assertFolderWritable(options.out)
        const cases = files.map((path) => ({
          name: caseName(path),
          input: {
            path,
            folder: options.out,
            caseName: caseName(path),
            volume:
              options.volume === undefined
                ? undefined
                : { path: options.volume, acceptGeometry: options.acceptGeometry },
            isocentreMm: options.isocentre,
            orientation: options.orientation,
            reverseXAxis: options.reverseXAxis,
            halfTurn: options.halfTurn,
            sddMm: options.sdd,
            imageSize: options.imageSize === undefined ? undefined : toPair(options.imageSize),
            pixelSpacingMm: options.pixelSpacing,
            detectorOffsetMm: options.detectorOffset,
            force: options.force,
          },
        }))
        if (cases.length > 1) {
          return runCases(session, 'convert-diffdrr-pose', cases, {
            columns: ['kind', 'columns reversed', 'files'],
            cells: (output) => [output.kind, output.mirroredColumns ? 'yes' : 'no', output.files.join(' ')],
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('convert-diffdrr-pose', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        const facts = output.files.map((file) => ({ name: 'written to', value: join(output.folder, file) }))
        session.report(factsTable(facts), output)
        return exitCodes.success
      }),
    )
}

const toPair = ([width, height]: readonly [number, number]): [number, number] => [width, height]

function parseImageSize(text: string): readonly [number, number] {
  const [width, height, ...rest] = parseList(text, parsePositiveCount)
  if (width === undefined || height === undefined || rest.length > 0) {
    throw new InvalidArgumentError('Width and height are needed, with a comma between them.')
  }
  return [width, height]
}
