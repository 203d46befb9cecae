import { Option, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { orientationSchema } from '../../contract/operations/register.js'
import { parseVector3 } from './values.js'

export interface PoseOptions {
  readonly pose?: string
  readonly rotation?: Vector3
  readonly translation?: Vector3
  readonly orientation?: 'AP' | 'PA' | 'none'
  readonly reverseXAxis?: boolean
}

/** A view in DiffDRR's and xvr's convention: ZXY angles, translation before the rotation. */
export interface DiffdrrPose {
  readonly kind: 'diffdrr'
  readonly rotationDeg: Vector3
  readonly translationMm: Vector3
  readonly orientation: 'AP' | 'PA' | 'none'
  readonly reverseXAxis: boolean
}

export type GivenPose = { readonly kind: 'file'; readonly path: string } | DiffdrrPose

export function addPoseOptions(command: Command, heading: string): Command {
  return command
    .optionsGroup(heading)
    .option('--pose <file>', 'pose@1 JSON (worldFromVolume) or result.json of a registration')
    .option('--rotation <A,B,C>', "degrees, DiffDRR's ZXY angles", parseVector3)
    .option('--translation <X,Y,Z>', "mm, DiffDRR's translation before rotation", parseVector3)
    .addOption(
      new Option('--orientation <side>', 'with --rotation (default: AP)').choices(orientationSchema.options),
    )
    .option('--reverse-x-axis', 'columns run as in the radiological display (default)')
    .option('--no-reverse-x-axis', 'columns run the other way')
}

/** The pose that was given, undefined for none; throws `input-invalid` for half of one or two at a time. */
export function givenPose(options: PoseOptions): GivenPose | undefined {
  const { pose, rotation, translation, orientation, reverseXAxis } = options
  const hasAngles = rotation !== undefined || translation !== undefined
  if (pose !== undefined) {
    if (hasAngles || orientation !== undefined || reverseXAxis !== undefined) {
      throw new UserError(
        'input-invalid',
        'A pose file is given together with --rotation, --translation, --orientation or --reverse-x-axis.',
        'Give either the file or the numbers.',
      )
    }
    return { kind: 'file', path: pose }
  }
  if (!hasAngles) return undefined
  if (rotation === undefined || translation === undefined) {
    const [given, missing] =
      rotation === undefined ? ['--translation', '--rotation'] : ['--rotation', '--translation']
    throw new UserError('input-invalid', `${given} is given without ${missing}.`, `Add ${missing}.`)
  }
  return {
    kind: 'diffdrr',
    rotationDeg: rotation,
    translationMm: translation,
    orientation: orientation ?? 'AP',
    reverseXAxis: reverseXAxis ?? true,
  }
}
