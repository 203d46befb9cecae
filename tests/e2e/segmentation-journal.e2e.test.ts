import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

/** Under load a step of the window may take long; nothing is asserted about how long. */
const patience = { timeout: 120_000 }

let root: string
let project: string
let application: RunningApplication
let window: Workstation

async function start(): Promise<void> {
  application = await launchApplication([], join(root, 'user'))
  window = new Workstation(application.window)
  await window.engineIsReady()
}

/** Ends the program as a power cut does. */
async function kill(): Promise<void> {
  const child = application.app.process()
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const projectFile = (): Promise<string> => readFile(join(project, 'project.json'), 'utf8').catch(() => '')

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter journal é '))
  project = join(root, 'Left hip')
  await mkdir(project)
  await start()
})
afterAll(async () => {
  await application.close()
  await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

describe('label edits that are not saved', () => {
  it('are kept in the project as they go, and survive a power cut', async () => {
    await application.answerDialogs({ 'new-project-folder': [project] })
    await window.click('start-new-project')
    await window.openSample()
    await window.click('step-segment')
    await window.page.getByTestId('active-label').selectOption('3')
    await window.click('label-delete')
    await window.page.getByTestId('label-name').fill('gone')
    await window.page.getByTestId('label-name').press('Enter')
    await window.page.locator('[data-testid=step-segment][data-status=unsaved]').waitFor()
    await photograph(application, 'edit-labels-unsaved')
    await expect.poll(projectFile, patience).toContain('journal/labels-')
    await kill()

    await start()
    await window.page.getByTestId('recent-project').getByRole('button').first().click()
    await window.click('recover-take')
    await expect.poll(() => window.text('edit-map'), patience).toBe('labels.nii.gz')
    await expect.poll(() => window.text('save-note'), patience).toContain('Not saved yet')
    const options = await window.page.getByTestId('active-label').locator('option').allInnerTexts()
    expect(options.filter((option) => option.startsWith('3'))).toEqual([])
    await window.click('step-crop')
    await window.shows('labels-unsaved')
  })

  it('keep the window open until they are given up, and are not offered again', async () => {
    await application.answerDialogs({ 'close-with-edits': ['stay'] })
    const close = (): Promise<void> =>
      application.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await close()
    await window.click('unsaved-keep')
    await close()
    const gone = once(application.app.process(), 'exit')
    await window.click('unsaved-discard')
    await gone
    expect(await projectFile()).not.toContain('journal/labels-')
    await start()
  })
})
