import { type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type WarpSource } from '../../contract/operations/warp.js'
import { parseVector3 } from './values.js'

export interface WarpOptions {
  readonly warp?: string
  readonly invertWarp?: boolean
  readonly templateCentre?: Vector3
}

export function addWarpOptions(command: Command): Command {
  return command
    .optionsGroup('Given pose of another volume:')
    .option(
      '--warp <file>',
      "the given pose, or the network's, belongs to a template: ITK transform of its points to points of this volume",
    )
    .option('--invert-warp', 'the file maps this volume to the template')
    .option(
      '--template-centre <X,Y,Z>',
      "LPS mm of the template that --rotation turns about (default: 0,0,0, a prepared template's)",
      parseVector3,
    )
}

/** The transform that was given, undefined for none; throws `input-invalid` for its options alone. */
export function warpSource({ warp, invertWarp, templateCentre }: WarpOptions): WarpSource | undefined {
  if (warp !== undefined) {
    return { path: warp, invert: invertWarp ?? false, templateCentreMm: templateCentre ?? [0, 0, 0] }
  }
  if (invertWarp === undefined && templateCentre === undefined) return undefined
  const option = invertWarp === undefined ? '--template-centre' : '--invert-warp'
  throw new UserError('input-invalid', `${option} is given without --warp.`, 'Add --warp.')
}
