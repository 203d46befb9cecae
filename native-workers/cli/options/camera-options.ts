import { type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type CameraSource } from '../../contract/operations/sources.js'
import { parsePositive, parsePositiveVector2, parseVector2 } from './values.js'

export interface CameraOptions {
  readonly camera?: readonly string[]
  readonly sdd?: number
  readonly pixelSpacing?: Vector2
  readonly principalPoint?: Vector2
}

export function addCameraOptions(command: Command): Command {
  return command
    .optionsGroup('Camera (default: the tags of the X-ray):')
    .option('--camera <files...>', 'camera@1 JSON or MayaCam 2 / XMALab text, one per X-ray')
    .option('--sdd <mm>', 'source-to-detector distance', parsePositive)
    .option('--pixel-spacing <X,Y>', 'detector pitch in mm, along columns and rows', parsePositiveVector2)
    .option('--principal-point <U,V>', 'pixel below the source (default: the centre)', parseVector2)
}

/** One contract camera source per X-ray; throws `input-invalid` where the options contradict each other. */
export function cameraSources(options: CameraOptions, xrayCount: number): readonly CameraSource[] {
  const { camera: files, sdd, pixelSpacing, principalPoint } = options
  const hasNumbers = sdd !== undefined || pixelSpacing !== undefined || principalPoint !== undefined
  if (files !== undefined && hasNumbers) {
    throw new UserError(
      'input-invalid',
      'A camera file is given together with --sdd, --pixel-spacing or --principal-point.',
      'Give either camera files or numbers.',
    )
  }
  if (files !== undefined) {
    if (files.length !== xrayCount) {
      throw new UserError(
        'input-invalid',
        `${files.length} camera files are given for ${xrayCount} X-ray${xrayCount === 1 ? '' : 's'}.`,
        'Give one --camera file per X-ray, in the same order.',
      )
    }
    return files.map((path) => ({ kind: 'file', path }))
  }
  if (xrayCount > 1) {
    throw new UserError(
      'input-invalid',
      'Several X-rays are registered jointly only when it is known how their cameras stand to each other.',
      'Give one --camera file per X-ray, or register each X-ray on its own.',
    )
  }
  return [{ kind: 'numbers', sddMm: sdd, pixelSpacingMm: pixelSpacing, principalPoint }]
}
