import { app, type Rectangle } from 'electron'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../../native-workers/contract/errors.js'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import {
  saveProjectSchema,
  type OpenedProject,
  type SaveProject,
} from '../../native-workers/contract/window/projects.js'
import type { AppContext } from '../context.js'
import { chooseProjectFolder } from '../projects/project-dialogs.js'
import { ProjectKeeper } from '../projects/project-keeper.js'
import { RecentProjects } from '../projects/recent-projects.js'
import { ThumbnailTaker } from '../projects/thumbnail.js'
import { answer, outcomeOf } from './answer.js'

/** The window's projects. Folders come from dialogs or from the list of those that were opened before. */
export function enableProjects(context: AppContext): void {
  const keeper = new ProjectKeeper(context.allowedPaths, context.folders.session)
  const recent = new RecentProjects(join(app.getPath('userData'), 'recent-projects.json'))
  const thumbnails = new ThumbnailTaker()

  async function remembered(opened: OpenedProject): Promise<OpenedProject> {
    const { folder, project } = opened
    await recent.put({ folder, name: project.name, step: project.activeStep, changed: project.changed })
    return opened
  }
  async function save({ project, pictureArea }: SaveProject): Promise<string> {
    const saved = await keeper.save(project)
    const { folder } = keeper
    if (folder === null) return saved.changed
    await recent.put({ folder, name: saved.name, step: saved.activeStep, changed: saved.changed })
    if (pictureArea !== null && context.window !== null) {
      thumbnails.takeSoon(context.window, folder, wholePixels(pictureArea))
    }
    return saved.changed
  }

  answer(context, askChannels.recentProjects, z.undefined(), () => recent.list())
  answer(context, askChannels.forgetProject, z.string(), (folder) => recent.forget(folder))
  answer(context, askChannels.createProject, z.undefined(), async () => {
    const folder = await chooseProjectFolder(context, 'new-project-folder')
    if (folder === null) return null
    return outcomeOf(context, async () => {
      // Some systems' dialogs name a folder that is still to be made.
      await mkdir(folder, { recursive: true })
      return remembered(await keeper.create(folder))
    })
  })
  answer(context, askChannels.openProject, z.undefined(), async () => {
    const folder = await chooseProjectFolder(context, 'project-folder')
    return folder === null ? null : outcomeOf(context, async () => remembered(await keeper.open(folder)))
  })
  answer(context, askChannels.openRecentProject, z.string(), (folder) =>
    outcomeOf(context, async () => {
      if (!(await recent.has(folder)))
        throw new UserError('input-invalid', `"${folder}" is not a recent project.`)
      return remembered(await keeper.open(folder))
    }),
  )
  answer(context, askChannels.currentProject, z.undefined(), async () =>
    keeper.folder === null
      ? null
      : outcomeOf(context, async () => {
          const opened = await keeper.current()
          if (opened === null) throw new UserError('input-invalid', 'No project is open.')
          return opened
        }),
  )
  answer(context, askChannels.saveProject, saveProjectSchema, (request) =>
    outcomeOf(context, () => save(request)),
  )
  answer(context, askChannels.closeProject, z.undefined(), () => {
    thumbnails.forget()
    return keeper.close()
  })
  saveBeforeQuitting(keeper)
  process.on('exit', () => keeper.release())
}

/** The window's last state may still be on its way to the disk when the window has gone. */
function saveBeforeQuitting(keeper: ProjectKeeper): void {
  let hasSettled = false
  app.on('will-quit', (event) => {
    if (hasSettled) return
    event.preventDefault()
    void keeper.settled().finally(() => {
      hasSettled = true
      // Electron forgets a wish to quit that is made before this event has ended.
      setImmediate(() => app.quit())
    })
  })
}

function wholePixels({ x, y, width, height }: Rectangle): Rectangle {
  return {
    x: Math.max(0, Math.round(x)),
    y: Math.max(0, Math.round(y)),
    width: Math.round(width),
    height: Math.round(height),
  }
}
