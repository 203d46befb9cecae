import { InvalidArgumentError, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { framesFromText, type RegisterSequenceInput } from '../../contract/operations/register-sequence.js'

export interface FramesOptions {
  readonly frames?: RegisterSequenceInput['frames']
  readonly force?: boolean
}

/** The frames that a text names; see `framesFromText`. */
export function parseFrames(text: string): RegisterSequenceInput['frames'] {
  const frames = framesFromText(text)
  if (frames !== null) return frames
  throw new InvalidArgumentError(
    `"${text}" names no frames. Write all, a range such as 0-9, or a list such as 0,2,5-8.`,
  )
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
