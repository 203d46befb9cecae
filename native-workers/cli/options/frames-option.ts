import { InvalidArgumentError, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type RegisterSequenceInput } from '../../contract/operations/register-sequence.js'

export interface FramesOptions {
  readonly frames?: RegisterSequenceInput['frames']
  readonly force?: boolean
}

/** More than any recording holds. */
const mostFrames = 100_000
const hint = 'Write all, a range such as 0-9, or a list such as 0,2,5-8.'

/** `all`, `A-B`, or a list of indices and ranges; a range may run backwards. */
export function parseFrames(text: string): RegisterSequenceInput['frames'] {
  if (text === 'all') return 'all'
  return text.split(',').flatMap((part) => {
    const found = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (found === null) throw new InvalidArgumentError(`"${part}" names no frames. ${hint}`)
    const first = Number(found[1])
    const last = Number(found[2] ?? found[1])
    if (Math.max(first, last) > mostFrames) throw new InvalidArgumentError(`No X-ray has frame ${part}.`)
    const step = last < first ? -1 : 1
    return Array.from({ length: Math.abs(last - first) + 1 }, (_, n) => first + step * n)
  })
}

export function addFramesOptions(command: Command): Command {
  return command
    .optionsGroup('Several frames of a multi-frame X-ray:')
    .option(
      '--frames <all|A-B|list>',
      'register these frames, each from the pose of the one before; counted from 0',
      parseFrames,
    )
    .option('--force', 'replace frames in the output folder that were registered with other settings')
}

/** Throws `input-invalid` for options that have no meaning together. */
export function checkFramesOptions(options: FramesOptions & { readonly frame?: unknown }): void {
  if (options.frames !== undefined && options.frame !== undefined) {
    throw new UserError('input-invalid', '--frame and --frames exclude each other.', 'Leave one of them out.')
  }
  if (options.frames === undefined && options.force === true) {
    throw new UserError('input-invalid', '--force has no effect without --frames.', 'Leave it out.')
  }
}
