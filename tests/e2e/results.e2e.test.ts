import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { reviewSchema } from '../../native-workers/contract/files/review.js'
import { writePhantomRecording } from '../support/phantom-recording.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

/** Under load a step of the window may take long; nothing is asserted about how long. */
const patient = { timeout: 120_000 }

let root: string
let project: string
let application: RunningApplication
let window: Workstation

async function start(): Promise<void> {
  application = await launchApplication([], join(root, 'user'))
  window = new Workstation(application.window)
  await window.engineIsReady()
}

const rows = () => window.page.getByTestId('result-row')
const isSaved = () => window.page.locator('[data-testid=project-save][data-state=saved]').waitFor()

async function resultFolders(): Promise<string[]> {
  return (await readdir(project)).filter((name) => name.startsWith('registration-')).sort()
}

/** Registers and waits until the result is in the list and on the disk. */
async function register(count: number): Promise<void> {
  await window.startRegistration()
  await window.verdict()
  await expect.poll(() => rows().count(), patient).toBe(count)
  await expect.poll(async () => (await resultFolders()).length, patient).toBe(count)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter results ö '))
  project = join(root, 'Pelvis')
  await mkdir(project)
  await start()
})
afterAll(async () => {
  await application.close()
  await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

describe('the results of a project', () => {
  it('are kept as they come', async () => {
    await application.answerDialogs({ 'new-project-folder': [project] })
    await window.click('start-new-project')
    await window.openSample()
    await register(1)
  })

  it('take a review, which is kept beside them', async () => {
    await window.page.getByTestId('review-accepted').click()
    await window.page.getByTestId('review-note').fill('hip fits')
    await window.page.getByTestId('review-note').press('Enter')
    const [folder] = await resultFolders()
    await expect
      .poll(async () => {
        const text = await readFile(join(project, folder ?? '', 'review.json'), 'utf8').catch(() => '{}')
        return reviewSchema.safeParse(JSON.parse(text)).data
      }, patient)
      .toMatchObject({ decision: 'accepted', note: 'hip fits' })
  })

  it('stay when another is made', async () => {
    await window.page.getByTestId('xray-card').nth(1).getByRole('checkbox').first().uncheck()
    await window.page.getByTestId('start-kind').selectOption('pose')
    await window.type('x', (await window.pose()).x + 4)
    await register(2)
  })

  it('are compared through the X-ray that they share', async () => {
    await rows().nth(1).hover()
    await rows().nth(1).getByTestId('result-compare').click()
    await window.shows('compare-results')
    const difference = await window.text('compare-difference')
    expect(Number(/([\d.]+)°/.exec(difference)?.[1])).toBeLessThan(2)
    expect(difference).toMatch(/[\d.]+ mm over \d+ landmarks/)
    expect(await window.text('compare-table')).toContain('xray-lateral.png')
    for (const side of ['first', 'second']) {
      const shown = () =>
        window.page
          .getByTestId(`compare-overlay-${side}`)
          .evaluate((picture) => picture instanceof HTMLImageElement && picture.naturalWidth > 100)
      await expect.poll(shown, patient).toBe(true)
    }
    await photograph(application, 'compare-panel')
    await window.click('compare-blend')
    await photograph(application, 'compare-panel-blend')
    await window.page.keyboard.press('Escape')
    await expect.poll(() => window.page.getByTestId('compare-results').count(), patient).toBe(0)
  })

  it('show their own pose when they are chosen', async () => {
    const newest = await window.pose()
    await window.type('x', 40)
    await rows().nth(0).getByTestId('result-select').click()
    await expect.poll(() => window.pose(), patient).toEqual(newest)
    await rows().nth(1).getByTestId('result-select').click()
    await expect.poll(() => window.page.getByTestId('review-note').inputValue(), patient).toBe('hip fits')
    await window.shows('similarity-curve')
  })

  it('are back with the project, without computing', async () => {
    await window.type('x', 33)
    const left = await window.pose()
    await isSaved()
    await application.close()
    await start()
    await window.click('recent-project')
    await window.drrRests()
    await expect.poll(() => rows().count(), patient).toBe(2)
    expect(await rows().nth(1).getAttribute('data-shown')).toBe('true')
    expect(await rows().nth(1).getAttribute('data-decision')).toBe('accepted')
    expect(await window.verdict()).toBe('good')
    expect(await window.pose()).toEqual(left)
    // The sample was copied into the project: only its content tells that it is the CT of the result.
    await window.click('show-final')
    await expect.poll(async () => (await window.pose()).x, patient).not.toBe(left.x)
    expect(await window.page.getByTestId('message-error').count()).toBe(0)
  })

  it('leave the list, not the disk', async () => {
    const before = await resultFolders()
    await rows().nth(0).hover()
    await rows().nth(0).getByTestId('result-remove').click()
    await expect.poll(() => rows().count(), patient).toBe(1)
    await isSaved()
    expect(await resultFolders()).toEqual(before)
    await application.answerDialogs({ result: [join(project, before[1] ?? '', 'result.json')] })
    await window.click('open-result')
    await expect.poll(() => rows().count(), patient).toBe(2)
    expect(await rows().nth(0).getAttribute('data-shown')).toBe('true')
  })

  it('give the next registration its start', async () => {
    await window.page.getByTestId('start-kind').selectOption('result')
    const options = window.page.getByTestId('start-result').locator('option')
    const [earlier] = await options.evaluateAll((all) =>
      all.flatMap((one) => (one instanceof HTMLOptionElement && /^\d+$/.test(one.value) ? [one.value] : [])),
    )
    await window.page.getByTestId('start-result').selectOption(earlier ?? '')
    await photograph(application, 'start-from-result')
    await window.type('x', 60)
    await register(3)
    expect(await rows().nth(0).getAttribute('data-shown')).toBe('true')
    // The pose that was typed is far off: its similarity would be next to nothing.
    const [similarity] = await window.page.getByTestId('xray-strip-item').allInnerTexts()
    expect(Number(/(\d\.\d+) →/.exec(similarity ?? '')?.[1])).toBeGreaterThan(0.9)
    expect((await window.pose()).x).toBeLessThan(20)
  })

  it('show each X-ray of the strip with its own similarity', async () => {
    const items = window.page.getByTestId('xray-strip-item')
    expect(await items.count()).toBe(2)
    await items.nth(1).click()
    await expect.poll(() => items.nth(1).getAttribute('aria-pressed'), patient).toBe('true')
    expect(await items.nth(0).innerText()).toMatch(/xray-ap.png\s+0\.\d\d → 0\.\d\d/)
    await window.click('layout-xray')
    await photograph(application, 'xray-strip')
    await window.click('layout-all')
    await items.nth(0).click()
    await expect.poll(() => items.nth(0).getAttribute('aria-pressed'), patient).toBe('true')
  })
})

describe('a second patient with a film', () => {
  it('gets a name, which the project keeps', async () => {
    await window.click('project-menu')
    await window.click('add-patient')
    await expect.poll(() => window.page.getByTestId('xray-card').count(), patient).toBe(0)
    await window.click('project-menu')
    await window.page.getByTestId('patient-name').fill('Moving hip')
    await window.page.getByTestId('patient-name').press('Enter')
    await window.page.getByTestId('project-patient').getByText('Moving hip').waitFor()
    await photograph(application, 'project-patients')
    await window.page.keyboard.press('Escape')
    await expect
      .poll(() => readFile(join(project, 'project.json'), 'utf8'), patient)
      .toContain('"name": "Moving hip"')
  })

  it('is registered frame by frame, and shows its motion', async () => {
    const film = await writePhantomRecording(join(root, 'film'), { frames: 3, side: 128 })
    await application.answerDialogs({
      'volume-file': [join(project, 'sample', 'ct.nii.gz')],
      xray: [film.xray],
    })
    await window.click('open-volume')
    await window.click('open-volume-file')
    await window.page.getByTestId('volume-name').getByText('ct.nii.gz').waitFor()
    await window.click('open-xray')
    await window.page.getByTestId('xray-card').waitFor()
    await window.dropFiles([film.camera])
    await window.page.getByTestId('drr-status').waitFor()
    await window.click('step-xray')
    await window.page.getByTestId('preprocess-linearize').check()
    await window.page.getByText('Linearized:').first().waitFor()
    await window.click('step-register')
    const unplaced = await window.pose()
    await window.dropFiles([join(project, 'sample', 'xray-ap.pose.json')])
    await expect.poll(() => window.pose(), patient).not.toEqual(unplaced)
    await window.page.getByTestId('start-kind').selectOption('pose')
    await window.page.getByTestId('sequence-frames').fill('1-3')
    await photograph(application, 'frames-before')
    await window.click('sequence-run')
    await window.shows('sequence-done')
    await window.shows('motion-curve')
    const first = await window.pose()
    await window.page.getByTestId('sequence-slider').fill('2')
    expect(await window.text('sequence-frame')).toContain('3 of 3')
    // The phantom moves by 4 mm to its left from frame to frame.
    await expect.poll(async () => (await window.pose()).x - first.x, patient).toBeGreaterThan(6)
    await window.page.getByTestId('sequence-done').scrollIntoViewIfNeeded()
    await photograph(application, 'frames-done')
    const saved = await readdir(join(project, 'sequence-film'))
    expect(saved).toEqual(expect.arrayContaining(['frame-0000', 'frame-0002', 'sequence.json']))
    expect(await window.page.getByTestId('message-error').count()).toBe(0)
  })

  it('leaves the first patient as it was', async () => {
    await window.click('project-menu')
    await window.page.getByTestId('project-patient').first().click()
    await window.drrRests()
    await expect.poll(() => rows().count(), patient).toBe(3)
    expect(await window.page.getByTestId('xray-card').count()).toBe(2)
  })
})

describe('a project that is open elsewhere', () => {
  it('asks before a registration would be lost with its patient', async () => {
    await window.click('project-menu')
    await window.click('close-project')
    const owner = { host: 'other-computer', processId: 1, token: 'theirs' }
    await writeFile(join(project, 'project.lock'), JSON.stringify(owner))
    const chosen = join(root, 'chosen')
    await mkdir(chosen)
    await application.answerDialogs({ 'project-folder': [project], 'save-folder': [chosen] })
    await window.click('start-open-project')
    await window.drrRests()
    await expect.poll(() => rows().count(), patient).toBe(3)
    await window.page.getByTestId('start-kind').selectOption('pose')
    await window.startRegistration()
    await expect.poll(() => rows().count(), patient).toBe(4)

    const goToOther = async (): Promise<void> => {
      await window.click('project-menu')
      await window.page.getByTestId('project-patient').getByText('Moving hip').click()
    }
    await goToOther()
    await window.shows('unsaved')
    await photograph(application, 'unsaved-results')
    await window.click('unsaved-keep')
    expect(await rows().count()).toBe(4)
    await goToOther()
    await window.click('unsaved-save')
    await expect.poll(() => window.page.getByTestId('xray-card').count(), patient).toBe(1)
    expect(await readdir(chosen)).toEqual([expect.stringMatching(/^registration-/)])
    expect(await resultFolders()).toHaveLength(3)
  })
})

afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(application.windowErrors.join('\n'))
})
