import { app } from 'electron'
import { z } from 'zod'
import { askChannels, tellChannels } from '../../native-workers/contract/window/channels.js'
import { runRequestSchema } from '../../native-workers/contract/window/messages.js'
import type { OperationName, OperationOutput } from '../../native-workers/contract/operations/index.js'
import { isOperationName, parseOperationInput } from '../../native-workers/contract/operations/parse-input.js'
import type { AppContext } from '../context.js'
import { pathsOf } from '../paths/request-paths.js'
import { announce } from './announce.js'
import { answer, hear, outcomeOf } from './answer.js'

type RunRequest = z.infer<typeof runRequestSchema>

/** The window's operations: checked for their paths, run by the engine, cancelled when the page goes away. */
export function enableOperations(context: AppContext): void {
  const { running } = context
  answer(context, askChannels.run, runRequestSchema, (run) =>
    outcomeOf(context, async () => {
      const { id, name } = run
      if (!isOperationName(name)) throw new Error(`There is no operation "${name}".`)
      return running.during(id, name, () => runChecked(context, name, run))
    }),
  )
  hear(context, tellChannels.cancel, z.uuid(), (id) => {
    if (running.has(id)) context.engine.cancel(id)
  })
  const cancelAll = (): void => {
    for (const id of running.ids) context.engine.cancel(id)
  }
  app.on('web-contents-created', (_, contents) => {
    contents.on('did-navigate', cancelAll)
    contents.on('render-process-gone', cancelAll)
    contents.on('destroyed', cancelAll)
  })
}

async function runChecked<Name extends OperationName>(
  context: AppContext,
  name: Name,
  { id, request, client }: RunRequest,
): Promise<OperationOutput<Name>> {
  const input = parseOperationInput(name, { ...request, cacheFolder: context.folders.display })
  const paths = pathsOf(name, input)
  for (const path of paths.inputs) context.allowedPaths.assertInput(path)
  for (const folder of paths.outputFolders) context.allowedPaths.assertOutputFolder(folder)
  return context.engine.run(name, input, {
    id,
    client,
    onProgress: (progress) => announce(context, 'isocenter:progress', { id, progress }),
    onEvent: (event) => announce(context, 'isocenter:event', { id, event }),
  })
}
