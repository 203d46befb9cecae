import { shell } from 'electron'
import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import { jsonFileKindSchema, openKindSchema } from '../../native-workers/contract/window/messages.js'
import type { AppContext } from '../context.js'
import { chooseSaveFolder, openFiles } from '../dialogs/open-dialog.js'
import { readJsonFile } from '../read-json-file.js'
import { SampleMaker } from '../sample.js'
import { answer, outcomeOf } from './answer.js'

/** The window's way to files: dialogs, drops, the small JSON files and the sample. */
export function enableFiles(context: AppContext): void {
  const { allowedPaths } = context
  const sample = new SampleMaker(context)
  answer(context, askChannels.openFiles, openKindSchema, (kind) => openFiles(context, kind))
  answer(context, askChannels.chooseSaveFolder, z.undefined(), () => chooseSaveFolder(context))
  // The preload script takes this path from a real drop; the page can't name one.
  answer(context, askChannels.allowDropped, z.string().min(1), (path) => {
    allowedPaths.allowInput(path)
    return path
  })
  answer(
    context,
    askChannels.readJsonFile,
    z.object({ kind: jsonFileKindSchema, path: z.string() }),
    ({ kind, path }) =>
      outcomeOf(context, async () => {
        allowedPaths.assertInput(path)
        return readJsonFile(kind, path)
      }),
  )
  answer(context, askChannels.showInFolder, z.string(), (path) => {
    allowedPaths.assertInput(path)
    shell.showItemInFolder(path)
  })
  answer(context, askChannels.openSample, z.undefined(), () => outcomeOf(context, () => sample.open()))
}
