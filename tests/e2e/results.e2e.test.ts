import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { reviewSchema } from '../../native-workers/contract/files/review.js'
import { launchApplication, type RunningApplication } from './launch.js'
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
    await window.click('compare-blend')
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
})

afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(application.windowErrors.join('\n'))
})
