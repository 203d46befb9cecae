import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepName, StepStatus } from '../../renderer/workflow/step-names.js'
import { accessibilityFaults } from './accessibility.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { Workstation } from './workstation.js'

/*
 * The whole pipeline by hand, from the start page to an exported figure and video, in one project and without a network:
 * once the engine is killed under a registration, once the program as by a power cut. The single steps have files of
 * their own, which look closer.
 */

let root: string
let project: string
let application: RunningApplication
let window: Workstation
const windowErrors: string[] = []
const requests: string[] = []

/** Two minutes on two free cores for all of it; a busy machine may take several times as long. */
const patience = { timeout: 5 * 60_000 }
/** For one answer of the window, an evaluation with its figure included. */
const answerWithinMs = 2 * 60_000

/** No name can be looked up, so that nothing beyond this machine could be reached even if it were asked for. */
const withoutNetwork = ['--host-resolver-rules=MAP * ~NOTFOUND']

async function start(): Promise<void> {
  application = await launchApplication(withoutNetwork, join(root, 'user'))
  window = new Workstation(application.window)
  window.page.setDefaultTimeout(answerWithinMs)
  await window.engineIsReady()
}

/** Ends the program as a power cut does. */
async function kill(): Promise<void> {
  keepRecords()
  const child = application.app.process()
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

function keepRecords(): void {
  windowErrors.push(...application.windowErrors)
  requests.push(...application.requests)
}

const becomes = (step: StepName, status: StepStatus): Promise<void> =>
  window.page.locator(`[data-testid=step-${step}][data-status=${status}]`).waitFor()

async function type(testId: string, value: string): Promise<void> {
  const input = window.page.getByTestId(testId)
  await input.fill(value)
  await input.press('Enter')
}

/** Applies a preparation step whose result takes the place of what was open. */
async function apply(step: StepName): Promise<void> {
  await window.click('apply')
  await becomes(step, 'done')
  await window.page.locator('[data-testid=show-result]:disabled').waitFor()
}

async function filesOf(...folder: readonly string[]): Promise<readonly string[]> {
  return (await readdir(join(project, ...folder))).sort()
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter Rundgang ö '))
  project = join(root, 'Becken')
  await mkdir(project)
  await start()
})
afterAll(async () => {
  await application.close()
  await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

describe('from the start page to figure and video', patience, () => {
  it('a project begins, and takes the sample', async () => {
    await window.shows('start-page')
    await application.answerDialogs({ 'new-project-folder': [project] })
    await window.click('start-new-project')
    await window.page.getByTestId('project-name').getByText('Becken').waitFor()
    await window.openSample()
    expect(await window.page.getByTestId('xray-card').count()).toBe(2)
  })

  it('its labels are cleaned, and one is edited', async () => {
    await window.click('step-clean')
    await apply('clean')
    await window.click('step-segment')
    await window.page.getByTestId('edit-map').getByText('labels_cleaned.nii.gz').waitFor()
    await window.page.getByTestId('active-label').selectOption('12')
    await window.click('margin-grow')
    await window.page.locator('[data-testid=edit-note][data-undo="1"][data-work=idle]').waitFor()
    await window.click('labels-save')
    await window.page.getByTestId('save-note').getByText('labels_cleaned-edited.nii.gz').waitFor()
    expect(await filesOf('labels')).toContain('labels_cleaned-edited.nii.gz')
  })

  it('its CT is cropped, made isotropic, and brought back onto the cropped one', async () => {
    await window.click('step-crop')
    await window.page.getByTestId('structure-pick').selectOption('1')
    await window.page.getByTestId('structure-name-0').fill('bones')
    await window.page.getByTestId('structure-labels-0').fill('1,2,3,4,5,6,7,8,9,10,11,12')
    await type('padding', '60')
    await apply('crop')
    await window.click('step-isotropic')
    expect(await window.text('input-volume')).toBe('ct_bones.nii.gz')
    await window.page.getByTestId('spacing-kind').selectOption('given')
    await type('spacing', '2')
    await apply('isotropic')
    await application.answerDialogs({ 'volume-file': [join(project, 'crop', 'ct_bones.nii.gz')] })
    await window.click('step-coregister')
    await window.click('reference-volume-file')
    await window.click('apply')
    await becomes('coregister', 'done')
    expect(await window.text('converged')).toMatch(/\S/)
  })

  it('the program is killed; started again, it goes on where it was', async () => {
    await window.click('step-data')
    const volume = await window.text('volume-name')
    expect(volume).toContain('ct_bones_isotropic')
    await window.page.locator('[data-testid=project-save][data-state=saved]').waitFor()
    await kill()
    await start()
    await window.click('recent-project')
    await window.drrRests()
    expect(await window.text('volume-name')).toBe(volume)
    expect(await window.page.getByTestId('xray-card').count()).toBe(2)
    expect(await window.text('message-info')).toContain('without closing')
  })

  it('both X-rays are registered, although the engine is killed under the first attempt', async () => {
    await window.click('step-register')
    await window.startRegistration()
    await window.page.evaluate(() => globalThis.window.isocenter.killEngineForTest?.())
    await window.shows('message-error')
    await window.engineIsReady()
    expect(await window.text('engine-banner')).toContain('has been restarted')
    await window.startRegistration()
    expect(await window.verdict()).toBe('good')
  })

  it('the result is rendered, evaluated and exported', async () => {
    await window.click('step-drr')
    await window.click('drr-run')
    await becomes('drr', 'done')
    await window.page.getByTestId('drr-picture').locator('img').waitFor()
    expect(await accessibilityFaults(window.page)).toEqual([])

    await window.click('step-evaluate')
    await window.click('evaluate-run')
    await becomes('evaluate', 'done')
    await window.page.getByTestId('evaluate-figure').locator('img').waitFor()
    expect(await accessibilityFaults(window.page)).toEqual([])

    await window.click('step-export')
    await window.page.getByTestId('animation-format').selectOption('mp4')
    await window.click('animation-run')
    await becomes('export', 'done')
    expect(await accessibilityFaults(window.page)).toEqual([])

    const figures = (await filesOf('evaluate')).filter((name) => name.endsWith('.png'))
    expect(figures).toHaveLength(2)
    const png = await readFile(join(project, 'evaluate', figures[0] ?? ''))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const videos = (await filesOf('export')).filter((name) => name.endsWith('.mp4'))
    const video = await readFile(join(project, 'export', videos[0] ?? ''))
    expect(video.subarray(4, 8).toString()).toBe('ftyp')
    expect(video.length).toBeGreaterThan(10_000)
  })

  it('nothing was asked of a network, and the window wrote no error', async () => {
    keepRecords()
    const { logFile } = await window.page.evaluate(() => globalThis.window.isocenter.appInfo())
    expect(await readFile(logFile, 'utf8')).not.toContain('network request refused')
    const foreign = requests.filter((url) => !/^(isocenter|isocenter-data|blob|data):/.test(url))
    expect(requests.length).toBeGreaterThan(10)
    expect(foreign).toEqual([])
    expect(windowErrors).toEqual([])
  })
})
