import { type Command, Option } from 'commander'
import { dirname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Vector3 } from '../../contract/matrix.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { identity4 } from '../../geometry/matrix.js'
import { poseThroughWarp } from '../../geometry/warp/pose-through-warp.js'
import { warpWarnings } from '../../geometry/warp/rigid-warp.js'
import { loadWarp } from '../../imaging/transform-file/load-warp.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { reverseColumns } from '../../imaging/picture/reverse-columns.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { drrFormat, writeDrr } from '../../imaging/drr-file.js'
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
import { addWarpOptions, warpSource, type WarpOptions } from '../options/warp-options.js'
import { placeByDiffdrr, type Placement } from '../place-volume.js'
import { type Session } from '../session.js'
import { addHighQualityOptions, type HighQualityOptions, runHighQuality } from './high-quality-drr.js'
import { factsTable } from '../terminal/facts-table.js'

interface DrrOptions
  extends
    CommonOptions,
    VolumeOptions,
    PoseOptions,
    WarpOptions,
    MethodOptions,
    RenderingOptions,
    HighQualityOptions {
  readonly camera: string
  readonly out: string
  readonly quality?: 'standard' | 'high'
}

/** `isocenter drr RESULT --out FILE` and `isocenter drr --volume CT --camera CAM.json --out FILE`. */
export function addDrrCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('drr')
    .usage('RESULT | --volume CT --camera CAM --out FILE [options]')
    .summary('render a digitally reconstructed radiograph')
    .description(
      'Renders the line integrals of a CT as a camera sees it; of a result, in high quality over its X-ray’s whole field.',
    )
    .argument('[result]', 'result.json of a registration, or its folder')
  addVolumeOptions(command, { isRequired: false })
  command.optionsGroup('Camera:').option('--camera <file>', 'camera@1 JSON or MayaCam 2 / XMALab text')
  addPoseOptions(command, "Pose (default: the volume's own frame is the world):")
  addWarpOptions(command)
  command
    .optionsGroup('Rendering:')
    .addOption(
      new Option(
        '--quality <name>',
        'high: exact paths, several rays per pixel (default with a result)',
      ).choices(['standard', 'high']),
    )
  addMethodOptions(command)
  addRenderingOptions(command)
  addHighQualityOptions(command)
  command
    .optionsGroup('Output:')
    .requiredOption(
      '-o, --out <file>',
      '.png or .dcm (16-bit, scaled), .tiff, .mha or .nrrd (float32, as computed)',
    )
    .action((result: string | undefined, options: DrrOptions) =>
      host.run(options, async (session) => {
        if (result !== undefined) return drrOfResult(result, options, command, session)
        requireScene(options)
        return options.quality === 'high'
          ? highQualityDrr(options, command, session)
          : standardDrr(options, command, session)
      }),
    )
}

function requireScene({ volume, camera }: Partial<DrrOptions>): void {
  if (volume !== undefined && camera !== undefined) return
  throw new UserError(
    'input-invalid',
    'There is nothing to render: neither the result of a registration nor a volume with its camera is given.',
    'Give result.json, or --volume and --camera.',
  )
}

/** What a result brings along. */
const sceneOptions: ReadonlySet<string> = new Set([
  ...['volume', 'spacing', 'series', 'acceptGeometry', 'labels', 'structures', 'camera'],
  ...['pose', 'rotation', 'translation', 'orientation', 'reverseXAxis'],
  ...['warp', 'invertWarp', 'templateCentre'],
])

async function drrOfResult(
  resultPath: string,
  options: DrrOptions,
  command: Command,
  session: Session,
): Promise<number> {
  const given = command.options.filter(
    (option) =>
      sceneOptions.has(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (given.length > 0 || options.quality === 'standard') {
    const what = given.at(0)?.long ?? '--quality standard'
    throw new UserError(
      'input-invalid',
      `${what} does not go with a result, which brings its own volume, camera and pose and is rendered in high quality.`,
      `Leave out either the result or ${what}.`,
    )
  }
  return runHighQuality(
    session,
    command,
    { kind: 'result', resultPath, viewIndex: (options.view ?? 1) - 1 },
    options,
  )
}

async function highQualityDrr(options: DrrOptions, command: Command, session: Session): Promise<number> {
  const camera = await readCameraFile(options.camera)
  const placement = await place(options, camera, session)
  const scene = { volume: volumeSource(options), labels: labelSource(options), ...placement }
  return runHighQuality(session, command, { kind: 'camera', ...scene }, options)
}

async function standardDrr(options: DrrOptions, command: Command, session: Session): Promise<number> {
  for (const name of ['view', 'supersampling', 'force']) {
    if (command.getOptionValueSource(name) !== 'cli') continue
    throw new UserError('input-invalid', `--${name} belongs to high quality.`, 'Add --quality high.')
  }
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
  const derivation = `Line integrals by the ${request.method ?? 'trilinear'} method.`
  const range = await writeDrr(options.out, format, { width, height, pixels }, camera, derivation)
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
}

async function place(options: DrrOptions, camera: Camera, session: Session): Promise<Placement> {
  const pose = givenPose(options)
  const warp = warpSource(options)
  if (pose === undefined) {
    if (warp !== undefined) {
      throw new UserError(
        'input-invalid',
        '--warp is given without the pose that was found on the template.',
        'Add --pose, or --rotation and --translation.',
      )
    }
    session.note("No pose is given: the volume's own frame is taken as the camera's world.")
    return { camera, worldFromVolume: identity4, mirroredColumns: false }
  }
  if (pose.kind === 'file') {
    const { worldFromVolume } = await readPoseFile(pose.path)
    return warped({ camera, worldFromVolume, mirroredColumns: false })
  }
  const placement = placeByDiffdrr(pose, camera, warp?.templateCentreMm ?? (await centreMm()))
  if (placement.mirroredColumns) {
    const { orientation, reverseXAxis } = pose
    session.note(
      `--orientation ${orientation} ${reverseXAxis ? 'with' : 'without'} --reverse-x-axis shows the picture from the detector's side; it is written so.`,
    )
  }
  return warped(placement)

  async function centreMm(): Promise<Vector3> {
    return gridCentreMm((await loadVolume(volumeSource(options), session.signal)).volume.grid)
  }

  async function warped(onTemplate: Placement): Promise<Placement> {
    if (warp === undefined) return onTemplate
    const rigid = await loadWarp(warp, await centreMm())
    warpWarnings(rigid).forEach((warning) => {
      session.note(`warning: ${warning}`)
    })
    return { ...onTemplate, worldFromVolume: poseThroughWarp(onTemplate.worldFromVolume, rigid) }
  }
}
