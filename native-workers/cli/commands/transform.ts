import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addApplyTransformCommand } from './transform-apply.js'
import { addComposeTransformsCommand } from './transform-compose.js'
import { addInvertTransformCommand } from './transform-invert.js'
import { addShowTransformCommand } from './transform-show.js'

/** `isocenter transform …`: what is done to transforms, and with them to volumes. */
export function addTransformCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('transform')
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND')
    .summary('show, compose, invert and apply transforms of volumes')
    .description(
      'Work on linear transforms of volumes (.tfm, .txt, .h5, .mat). A file takes points of the moved volume to points of the original one, in LPS mm, as coregister, crop and isotropic write it and 3D Slicer reads it.',
    )
  addShowTransformCommand(group, host)
  addComposeTransformsCommand(group, host)
  addInvertTransformCommand(group, host)
  addApplyTransformCommand(group, host)
}
