import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation, type PoseField } from './workstation.js'

/** Under load a step of the window may take long; nothing is asserted about how long. */
const patient = { timeout: 120_000 }

let root: string
let project: string
let application: RunningApplication
let window: Workstation
let pose: Record<PoseField, number>

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

function isSaved(): Promise<void> {
  return window.page.locator('[data-testid=project-save][data-state=saved]').waitFor()
}

/** What was open when the project was saved last. */
async function isBack(): Promise<void> {
  await window.drrRests()
  expect(await window.text('volume-name')).toBe('ct.nii.gz')
  expect(await window.page.getByTestId('xray-card').count()).toBe(2)
  expect(await window.pose()).toEqual(pose)
  expect(await window.page.getByTestId('message-error').count()).toBe(0)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter projets é '))
  project = join(root, 'Left hip')
  await mkdir(project)
  await start()
})
afterAll(async () => {
  await application.close()
  await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

describe('a project', () => {
  it('begins on the start page, and keeps the sample and its pose', async () => {
    await window.shows('start-page')
    await photograph(application, 'project-start-empty')
    await application.answerDialogs({ 'new-project-folder': [project] })
    await window.click('start-new-project')
    await window.page.getByTestId('project-name').getByText('Left hip').waitFor()
    await window.openSample()
    await window.type('x', 12)
    await window.type('turn', 8)
    await window.click('preset-soft')
    pose = await window.pose()
    await isSaved()
    await expect
      .poll(
        () =>
          readFile(join(project, 'project.thumbnail.png')).then(
            (bytes) => bytes.length,
            () => 0,
          ),
        patient,
      )
      .toBeGreaterThan(1000)
    await photograph(application, 'project-open')
    await window.click('project-menu')
    await window.shows('close-project')
    await photograph(application, 'project-menu')
    await window.page.keyboard.press('Escape')
  })

  it('is back after the program was closed, even right after a change', async () => {
    await window.type('roll', 3)
    pose = await window.pose()
    await application.close()
    await start()
    await window.shows('start-page')
    await photograph(application, 'project-start')
    await window.click('recent-project')
    await isBack()
    expect(await window.page.getByTestId('preset-soft').getAttribute('aria-pressed')).toBe('true')
    expect(await window.page.getByTestId('step-register').getAttribute('aria-current')).toBe('step')
    expect(await window.page.getByTestId('message-info').count()).toBe(0)
  })

  it('is back after the program was killed, and says so', async () => {
    await window.type('y', -7)
    pose = await window.pose()
    await isSaved()
    await kill()
    await start()
    await window.click('recent-project')
    await isBack()
    expect(await window.text('message-info')).toContain('without closing')
  })

  it('opens where its folder was moved to; the old place is greyed and can be removed', async () => {
    await application.close()
    const moved = join(root, 'moved')
    await rename(project, moved)
    await rename(join(moved, 'sample', 'xray-lateral.png'), join(root, 'lateral.png'))
    await start()
    expect(await window.text('recent-project')).toContain('missing')
    await photograph(application, 'project-start-gone')
    await window.click('forget-project')
    await expect.poll(() => window.page.getByTestId('recent-project').count(), patient).toBe(0)

    await application.answerDialogs({ 'project-folder': [moved], xray: [join(root, 'lateral.png')] })
    await window.click('start-open-project')
    await window.shows('missing-file')
    expect(await window.page.getByTestId('xray-card').count()).toBe(1)
    await photograph(application, 'project-missing')
    await window.click('locate-file')
    await expect.poll(() => window.page.getByTestId('xray-card').count(), patient).toBe(2)
    await isBack()
  })

  it('is back after its page was loaded anew', async () => {
    await window.type('tilt', 5)
    pose = await window.pose()
    await window.page.reload()
    await isBack()
    expect(await window.text('project-name')).toBe('Left hip')
  })

  it('has several patients, each with its own CT and X-rays', async () => {
    await window.click('project-menu')
    await window.click('add-patient')
    await expect.poll(() => window.page.getByTestId('xray-card').count(), patient).toBe(0)
    await isSaved()
    await window.click('project-menu')
    await window.page.getByTestId('project-patient').first().click()
    await isBack()
    await window.click('project-menu')
    await window.click('close-project')
    await window.shows('start-page')
  })

  it('begins with what is open already', async () => {
    const second = join(root, 'second')
    await mkdir(second)
    await window.openSample()
    await application.answerDialogs({ 'new-project-folder': [second] })
    await window.click('project-menu')
    await window.click('new-project')
    await window.page.getByTestId('project-name').getByText('second').waitFor()
    await isSaved()
    expect(await window.text('volume-name')).toBe('ct.nii.gz')
    expect(JSON.parse(await readFile(join(second, 'project.json'), 'utf8'))).toMatchObject({
      patients: [{ volume: { path: 'sample/ct.nii.gz' }, xrays: [{}, {}] }],
    })
  })
})

afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(application.windowErrors.join('\n'))
})
