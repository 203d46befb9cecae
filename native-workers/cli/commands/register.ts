import { Option, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type Verdict } from '../../contract/files/registration-result.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { readImagePointsFile, readPointsFile } from '../../imaging/point-files/read-points.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { readPoseFile } from '../files/pose-file.js'
import { addCameraOptions, cameraSources, type CameraOptions } from '../options/camera-options.js'
import {
  addInitialPoseOptions,
  initialPose,
  type InitialPoseFiles,
  type InitialPoseOptions,
} from '../options/initial-pose-options.js'
import { addFramesOptions, checkFramesOptions, type FramesOptions } from '../options/frames-option.js'
import { addPoseOptions } from '../options/pose-options.js'
import {
  addRenderingOptions,
  renderingSettings,
  type RenderingOptions,
} from '../options/rendering-options.js'
import { addSolverOptions, solverSettings, type SolverOptions } from '../options/solver-options.js'
import { addVolumeOptions, labelSource, volumeSource, type VolumeOptions } from '../options/volume-options.js'
import { addWarpOptions, warpSource, type WarpOptions } from '../options/warp-options.js'
import { addXrayOptions, xraySources, type XrayOptions } from '../options/xray-options.js'
import { sequenceSummary } from './sequence-summary.js'
import { registrationSummary } from './registration-summary.js'

interface RegisterOptions
  extends
    CommonOptions,
    VolumeOptions,
    CameraOptions,
    InitialPoseOptions,
    WarpOptions,
    XrayOptions,
    FramesOptions,
    RenderingOptions,
    SolverOptions {
  readonly out: string
  readonly requireVerdict?: Verdict['level']
}

const files: InitialPoseFiles = {
  readPose: async (path) => (await readPoseFile(path)).worldFromVolume,
  readPoints: async (path) => (await readPointsFile(path)).file,
  readImagePoints: async (path) => (await readImagePointsFile(path)).file,
}

/** `isocenter register XRAY... --volume CT --out DIR`. */
export function addRegisterCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('register')
    .usage('XRAY... --volume CT --out DIR [options]')
    .summary('register X-rays to a CT')
    .description(
      'Finds the pose of a CT behind one X-ray, or behind several with calibrated cameras; with --frames the motion over the frames of a recording.',
    )
    .argument('[xrays...]', 'DICOM, PNG, TIFF or JPEG')
  addVolumeOptions(command)
  addCameraOptions(command)
  addInitialPoseOptions(command)
  addPoseOptions(command, 'Given pose (--init fixed), or the centre of the search:')
  addWarpOptions(command)
  addXrayOptions(command)
  addFramesOptions(command)
  addRenderingOptions(command)
  addSolverOptions(command)
  command
    .optionsGroup('Output:')
    .requiredOption(
      '-o, --out <folder>',
      'folder for result.json, pictures and trajectory.csv; with --frames for one such folder per frame and the tables',
    )
    .addOption(
      new Option('--require-verdict <level>', 'exit with 20 when the verdict is worse').choices([
        'good',
        'check',
      ]),
    )
    .action((xrays: readonly string[], options: RegisterOptions) =>
      host.run(options, async (session) => {
        checkFramesOptions(options)
        const request = await registerRequest(xrays, options)
        await assertFolderWritable(options.out)
        const { frames, force, out: folder } = options
        if (frames !== undefined) {
          const sequence = { registration: request, frames, force, folder }
          const output = await session.run('register-sequence', sequence)
          session.report(sequenceSummary(output), output)
          return verdictExitCode(worstOf(output.sequence.frames), options.requireVerdict)
        }
        const output = await session.run('register', request)
        const { files: written } = await session.run('save-registration', { output, folder: options.out })
        session.report(registrationSummary(output.result, written), { files: written, result: output.result })
        return verdictExitCode(output.result.verdict.level, options.requireVerdict)
      }),
    )
}

/** The contract's register input from the command line. Errors: `input-invalid`, and those of the files named. */
async function registerRequest(
  xrays: readonly string[],
  options: RegisterOptions,
): Promise<OperationRequest<'register'>> {
  if (xrays.length === 0) {
    throw new UserError(
      'input-invalid',
      'No X-ray is given.',
      'Name the X-rays first, before the options; a list such as --camera takes all that follows it.',
    )
  }
  const sources = xraySources(xrays, options)
  const cameras = cameraSources(options, xrays.length)
  return {
    views: sources.map((xray, index) => ({ xray, camera: cameras[index] })),
    volume: volumeSource(options),
    labels: labelSource(options),
    initial: await initialPose(options, files),
    warp: warpSource(options),
    ...renderingSettings(options),
    ...solverSettings(options),
  }
}

const levels = ['failed', 'check', 'good'] as const satisfies readonly Verdict['level'][]

function worstOf(frames: readonly { readonly verdict: Verdict }[]): Verdict['level'] {
  return levels[Math.min(...frames.map(({ verdict }) => levels.indexOf(verdict.level)))]
}

function verdictExitCode(level: Verdict['level'], required: Verdict['level'] | undefined): number {
  if (required === undefined) return exitCodes.success
  return levels.indexOf(level) >= levels.indexOf(required) ? exitCodes.success : exitCodes.verdictTooLow
}
