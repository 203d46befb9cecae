import { InvalidArgumentError, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { type FrameChoice } from '../../contract/operations/sources.js'
import { parseCount } from './values.js'

export interface XrayOptions {
  readonly frame?: FrameChoice
  readonly crop?: number
  readonly linearize?: boolean
  readonly subtractBackground?: boolean
  readonly invert?: boolean
  /** False after --no-auto-mask. */
  readonly autoMask: boolean
  readonly xrayMask?: readonly string[]
}

type XraySourceRequest = OperationRequest<'register'>['views'][number]['xray']

export function parseFrame(text: string): FrameChoice {
  if (text === 'max' || text === 'mean') return text
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('An index from 0, max or mean is needed.')
  return parseCount(text)
}

export function addXrayOptions(command: Command): Command {
  return command
    .optionsGroup('X-ray preprocessing, in this order:')
    .option('--frame <index|max|mean>', 'frame of a multi-frame X-ray (default: 0)', parseFrame)
    .option('--crop <pixels>', 'pixels removed per dimension, half on each side (default: 0)', parseCount)
    .option('--invert', 'swap dark and bright')
    .option('--subtract-background', 'subtract the most frequent value, keep what is darker than it')
    .option('--linearize', 'exponential to line integrals: for X-rays with dark bone')
    .option('--no-auto-mask', 'use all pixels; by default collimator and saturated areas are left out')
    .option('--xray-mask <files...>', 'pictures whose pixels above 0 count, one per X-ray')
}

/** One contract X-ray source per path; throws `input-invalid` when masks and X-rays differ in number. */
export function xraySources(paths: readonly string[], options: XrayOptions): readonly XraySourceRequest[] {
  const masks = options.xrayMask ?? []
  if (masks.length > 0 && masks.length !== paths.length) {
    throw new UserError(
      'input-invalid',
      `${masks.length} X-ray masks are given for ${paths.length} X-ray${paths.length === 1 ? '' : 's'}.`,
      'Give one --xray-mask file per X-ray, in the same order.',
    )
  }
  return paths.map((path, index) => ({
    path,
    frame: options.frame,
    maskPath: masks[index],
    preprocessing: {
      crop: options.crop,
      invert: options.invert,
      subtractBackground: options.subtractBackground,
      linearize: options.linearize,
      autoMask: options.autoMask,
    },
  }))
}
