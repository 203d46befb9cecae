import { type Command } from 'commander'
import { join } from 'node:path'
import { type MirrorXrayOutput } from '../../contract/operations/mirror-xray.js'
import { type CameraSource, type FrameChoice } from '../../contract/operations/sources.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseFiles } from '../cases/case-files.js'
import { distinctNames } from '../cases/distinct-names.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { addCameraOptions, type CameraOptions, cameraSources } from '../options/camera-options.js'
import { parseFrame } from '../options/xray-options.js'
import { factsTable } from '../terminal/facts-table.js'

interface MirrorXrayOptions extends CommonOptions, CameraOptions {
  readonly frame?: FrameChoice
  readonly out: string
  readonly force?: boolean
}

const pictureEndings = ['.png', '.tif', '.tiff', '.jpg', '.jpeg', '.dcm', '.mha', '.nrrd', '.nii', '.nii.gz']

/** `isocenter xray mirror XRAY… --camera CAM… --out DIR`. */
export function addMirrorXrayCommand(group: Command, host: CommandHost): void {
  const command = group
    .command('mirror')
    .usage('XRAY... --out DIR [options]')
    .summary('reverse the columns of an X-ray, and its camera with it')
    .description(
      'Mirrors X-rays and their cameras, to be registered with a CT that was mirrored by crop --mirror. Writes <xray>_mirrored as a lossless picture, and <xray>_mirrored.camera.json.',
    )
    .argument('<xrays...>', 'DICOM, PNG, TIFF or JPEG, or a folder of them')
  addCameraOptions(command)
  command
    .optionsGroup('Input:')
    .option('--frame <index|max|mean>', 'frame of a multi-frame X-ray (default: 0)', parseFrame)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: MirrorXrayOptions) =>
      host.run(options, async (session) => {
        const xrays = await caseFiles(paths, pictureEndings)
        const cameras = camerasOf(options, xrays.length)
        const names = distinctNames(xrays)
        await assertFolderWritable(options.out)
        const cases = xrays.map((xrayPath, index) => ({
          name: names[index],
          input: {
            xrayPath,
            frame: options.frame,
            camera: cameras[index],
            folder: options.out,
            caseName: names[index],
            force: options.force ?? false,
          },
        }))
        if (cases.length > 1) {
          return runCases(session, 'mirror-xray', cases, {
            columns: ['picture', 'warnings'],
            cells: ({ format, warnings }) => [format, warnings.join(' ')],
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('mirror-xray', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(mirroredText(output), output)
        return exitCodes.success
      }),
    )
}

/** One camera file per X-ray, or for each the same numbers and its own tags. */
function camerasOf(options: MirrorXrayOptions, xrayCount: number): readonly CameraSource[] {
  if (options.camera !== undefined) return cameraSources(options, xrayCount)
  const [numbers] = cameraSources(options, 1)
  return Array.from({ length: xrayCount }, () => numbers)
}

function mirroredText({ xrayPath, cameraPath, format, camera, isUpToDate }: MirrorXrayOutput): string {
  const { width, height } = camera.imageSize
  return factsTable([
    { name: isUpToDate ? 'up to date' : 'X-ray', value: xrayPath },
    { name: 'picture', value: `${format}, ${width} x ${height} pixels` },
    { name: 'camera', value: cameraPath },
  ])
}
