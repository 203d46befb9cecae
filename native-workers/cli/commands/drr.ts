import { type Command } from 'commander'
import { dirname } from 'node:path'
import { type Camera } from '../../contract/files/camera.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { identity4 } from '../../geometry/matrix.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { reverseColumns } from '../../imaging/picture/reverse-columns.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { drrFormat, writeDrr } from '../drr-file.js'
import { exitCodes } from '../exit-codes.js'
import { readPoseFile } from '../files/pose-file.js'
import { addMethodOptions, methodSettings, type MethodOptions } from '../options/method-options.js'
import { addPoseOptions, givenPose, type PoseOptions } from '../options/pose-options.js'
import {
  addRenderingOptions,
  renderingSettings,
  type RenderingOptions,
} from '../options/rendering-options.js'
import { addVolumeOptions, labelSource, volumeSource, type VolumeOptions } from '../options/volume-options.js'
import { placeByDiffdrr, type Placement } from '../place-volume.js'
import { type Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'

interface DrrOptions extends CommonOptions, VolumeOptions, PoseOptions, MethodOptions, RenderingOptions {
  readonly camera: string
  readonly out: string
}

/** `isocenter drr --volume CT --camera CAM.json --out FILE`. */
export function addDrrCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('drr')
    .usage('--volume CT --camera CAM --out FILE [options]')
    .summary('render a digitally reconstructed radiograph')
    .description('Renders the line integrals of a CT as a camera sees it.')
  addVolumeOptions(command)
  command
    .optionsGroup('Camera:')
    .requiredOption('--camera <file>', 'camera@1 JSON or MayaCam 2 / XMALab text')
  addPoseOptions(command, "Pose (default: the volume's own frame is the world):")
  addMethodOptions(command)
  addRenderingOptions(command)
  command
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.png (16-bit, scaled), or .tiff, .mha, .nrrd (float32, as computed)')
    .action((options: DrrOptions) =>
      host.run(options, async (session) => {
        const format = drrFormat(options.out)
        const request = {
          volume: volumeSource(options),
          labels: labelSource(options),
          ...methodSettings(options),
          ...renderingSettings(options),
        }
        const camera = await readCameraFile(options.camera)
        await assertFolderWritable(dirname(options.out))
        const { mirroredColumns, ...placement } = await place(options, camera, session)
        const rendered = await session.run('render-drr', { ...request, ...placement })
        rendered.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        const { width, height } = rendered
        const pixels = mirroredColumns ? reverseColumns(rendered.pixels, width) : rendered.pixels
        const range = await writeDrr(options.out, format, { width, height, pixels }, camera.pixelSpacingMm)
        const document = { file: options.out, width, height, range, milliseconds: rendered.milliseconds }
        const facts = [
          { name: 'written to', value: options.out },
          { name: 'size', value: `${width} x ${height} pixels` },
          {
            name: 'line integrals',
            value: `${range.minimum.toPrecision(5)} to ${range.maximum.toPrecision(5)}`,
          },
          { name: 'rendered in', value: `${rendered.milliseconds.toFixed(0)} ms` },
        ]
        session.report(factsTable(facts), { ...document, warnings: rendered.warnings })
        return exitCodes.success
      }),
    )
}

async function place(options: DrrOptions, camera: Camera, session: Session): Promise<Placement> {
  const pose = givenPose(options)
  if (pose === undefined) {
    session.note("No pose is given: the volume's own frame is taken as the camera's world.")
    return { camera, worldFromVolume: identity4, mirroredColumns: false }
  }
  if (pose.kind === 'file') {
    const { worldFromVolume } = await readPoseFile(pose.path)
    return { camera, worldFromVolume, mirroredColumns: false }
  }
  const { volume } = await loadVolume(volumeSource(options), session.signal)
  const placement = placeByDiffdrr(pose, camera, gridCentreMm(volume.grid))
  if (placement.mirroredColumns) {
    const { orientation, reverseXAxis } = pose
    session.note(
      `--orientation ${orientation} ${reverseXAxis ? 'with' : 'without'} --reverse-x-axis shows the picture from the detector's side; it is written so.`,
    )
  }
  return placement
}
