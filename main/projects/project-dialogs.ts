import type { OpenDialogOptions } from 'electron'
import type { AppContext } from '../context.js'
import { answerForTest } from '../dialogs/answers-for-tests.js'
import { ask } from '../dialogs/open-dialog.js'

const dialogs = {
  'new-project-folder': {
    title: 'Choose a folder for the new project',
    buttonLabel: 'Begin here',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  },
  'project-folder': {
    title: 'Open a project',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  },
} as const satisfies Record<string, OpenDialogOptions>

/** Asks for a project's folder; null when the person dismissed the dialog. */
export async function chooseProjectFolder(
  context: AppContext,
  name: keyof typeof dialogs,
): Promise<string | null> {
  const { properties, ...options } = dialogs[name]
  const folders =
    answerForTest(context.options, name) ?? (await ask(context, { ...options, properties: [...properties] }))
  return folders[0] ?? null
}
