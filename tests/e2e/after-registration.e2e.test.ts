import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter Ausgabe ä '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await application.answerDialogs({ 'save-folder': [folder] })
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

/** The folder of the one registration that was saved, named after the moment it was made. */
async function savedName(): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^registration-\d{8}-\d{6}$/.test(name))
  expect(names).toHaveLength(1)
  return names[0] ?? ''
}

const statusOf = (step: string): Promise<string | null> =>
  window.page.getByTestId(`step-${step}`).getAttribute('data-status')
const becomes = (step: string, status: string): Promise<void> =>
  window.page.locator(`[data-testid=step-${step}][data-status=${status}]`).waitFor()

/** The natural size of a picture that the window has really decoded. */
async function pictureSize(testId: string): Promise<{ width: number; height: number }> {
  const picture = window.page.getByTestId(testId).locator('img')
  await picture.waitFor()
  return picture.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('This is no picture.')
    await element.decode()
    return { width: element.naturalWidth, height: element.naturalHeight }
  })
}

/** The command that the panel shows, its `index`-th, run by a shell; the text that it prints. */
async function runShownCommand(index = 0): Promise<string> {
  const command = await window.page.getByTestId('command').nth(index).innerText()
  const cli = join(import.meta.dirname, '../../native-workers/cli/isocenter.mjs')
  const words = command.replace(/^isocenter/, `'${process.execPath}' '${cli}'`)
  return (await promisify(execFile)('sh', ['-c', words])).stdout
}

/** Closes the window as its frame's button does; whether the answer of the dialog kept it open. */
function closingIsPrevented(): Promise<boolean> {
  return application.app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows()
    return new Promise<boolean>((resolve) => {
      own?.once('close', (event) => resolve(event.defaultPrevented))
      own?.close()
    })
  })
}

describe('what follows a registration', () => {
  it('says what is missing before there is one', async () => {
    await window.click('step-drr')
    expect(await window.text('drr-missing')).toContain('registration is missing')
    expect(await window.page.getByTestId('drr-run').isDisabled()).toBe(true)
    await window.click('jobs')
    expect(await window.page.getByTestId('job').count()).toBe(1)
    await window.page.getByTestId('job').getByText('ct.nii.gz').waitFor()
    await window.click('jobs-clear')
    expect(await window.page.getByTestId('job').count()).toBe(0)
    await window.page.keyboard.press('Escape')
  })

  it('waits for the registration, which stands in the list of jobs and keeps the window open', async () => {
    await window.click('step-register')
    await window.startRegistration()
    await window.shows('jobs-running')
    await window.click('jobs')
    await window.page.locator('[data-testid=job][data-state=running]').waitFor()
    await photograph(application, 'jobs')
    await window.page.keyboard.press('Escape')
    await application.answerDialogs({ 'save-folder': [folder], 'close-with-jobs': ['stay'] })
    expect(await closingIsPrevented()).toBe(true)
    await application.answerDialogs({ 'save-folder': [folder] })
    expect(await window.verdict()).toBe('good')
    await window.page.getByTestId('jobs-running').waitFor({ state: 'detached' })
  })

  it('renders the fine DRR of the result, which is saved for it, and shows it', async () => {
    await window.click('step-drr')
    expect(await window.text('drr-missing')).toContain('output folder')
    await window.click('output-folder')
    const command = await window.text('command')
    expect(command).toMatch(/^isocenter drr .*result\.json/)
    await window.click('drr-run')
    await becomes('drr', 'done')
    const { width, height } = await pictureSize('drr-picture')
    expect(width).toBeGreaterThan(100)
    expect(height).toBeGreaterThan(100)
    const name = await savedName()
    expect(await readdir(join(folder, name))).toContain('result.json')
    expect((await stat(join(folder, 'drr', `${name}-drr-1.png`))).size).toBeGreaterThan(1000)
    await photograph(application, 'drr')
    await window.click('drr-picture-enlarge')
    await window.shows('enlarged')
    await photograph(application, 'drr-enlarged')
    await window.page.keyboard.press('Escape')
    await window.page.getByTestId('enlarged').waitFor({ state: 'detached' })
  })

  it('tells that the DRR is out of date once another is asked for, and shows DICOM too', async () => {
    await window.page.getByTestId('result-view').selectOption('1')
    await window.page.getByTestId('drr-format').selectOption('dcm')
    expect(await statusOf('drr')).toBe('out-of-date')
    await window.click('drr-run')
    await becomes('drr', 'done')
    expect(await window.text('drr-file')).toContain(`${await savedName()}-drr-2.dcm`)
    expect((await pictureSize('drr-picture')).width).toBeGreaterThan(100)
    await photograph(application, 'drr-dicom')
    expect(await runShownCommand()).toContain('up to date')
  })

  it('evaluates it against the true pose: figure, metrics and files', async () => {
    const truth = await window.page.evaluate(async () => {
      const outcome = await globalThis.window.isocenter.openSample()
      return outcome.ok ? outcome.output.files.views[0]?.truth : undefined
    })
    if (truth === undefined) throw new Error('The sample has no true pose.')
    await application.answerDialogs({ pose: [truth], 'save-folder': [folder] })
    await window.click('step-evaluate')
    await window.click('evaluate-truth')
    await window.page.getByTestId('evaluate-title').fill('A figure')
    await window.click('evaluate-format-pdf')
    expect(await window.text('command')).toContain("--title 'A figure' --formats png,svg --truth")
    await window.click('evaluate-run')
    await becomes('evaluate', 'done')
    expect((await pictureSize('evaluate-figure')).width).toBeGreaterThan(1000)
    expect(await window.text('evaluate-metrics')).toContain('SSIM')
    expect(await window.text('evaluate-errors')).toContain('mTRE')
    await photograph(application, 'evaluate')
    await window.page.getByTestId('evaluate-file').last().scrollIntoViewIfNeeded()
    await photograph(application, 'evaluate-metrics')
    expect(await runShownCommand()).toContain('up to date')
    const name = await savedName()
    expect((await readdir(join(folder, 'evaluate'))).sort()).toEqual([
      `${name}-evaluation-1.png`,
      `${name}-evaluation-1.svg`,
      `${name}-evaluation-2.png`,
      `${name}-evaluation-2.svg`,
      `${name}-evaluation.csv`,
      `${name}-evaluation.provenance.json`,
    ])
    await window.page.getByTestId('evaluate-figure').locator('img').click()
    await pictureSize('enlarged')
    await photograph(application, 'evaluate-enlarged')
    await window.click('enlarged-close')
  })

  it('exports a video that plays in place, and a 3D scene with its picture', async () => {
    await window.click('step-export')
    await photograph(application, 'export-empty')
    await window.click('section-scene')
    await window.page.getByTestId('animation-format').selectOption('webm')
    await window.click('animation-panel-difference')
    await window.click('animation-run')
    await becomes('export', 'done')
    const video = window.page.getByTestId('animation-media').locator('video')
    await expect
      .poll(() => video.evaluate((element) => 'videoWidth' in element && element.videoWidth))
      .toBe(768)
    await expect
      .poll(() => video.evaluate((element) => 'currentTime' in element && Number(element.currentTime)))
      .toBeGreaterThan(0)
    await photograph(application, 'animation')
    await window.click('scene-run')
    await window.page.getByTestId('scene-picture').waitFor()
    expect(await pictureSize('scene-picture')).toEqual({ width: 1600, height: 1200 })
    await window.page.getByTestId('scene-picture').scrollIntoViewIfNeeded()
    await photograph(application, 'scene')
    // The figure's command stands first.
    expect(await runShownCommand(1)).toContain('up to date')
    expect(await runShownCommand(2)).toContain('up to date')
  })

  it('composes a figure with a live preview, writes it and its legend', async () => {
    await window.click('section-scene')
    await window.click('section-animation')
    await window.click('figure-preview')
    const before = await pictureSize('enlarged')
    await photograph(application, 'figure-preview')
    await window.page.getByTestId('figure-panel-remove').last().click()
    await window.page.getByTestId('figure-panel-remove').last().click()
    await window.page.getByTestId('figure-panel-content').first().selectOption('axial')
    await window.page.getByTestId('figure-panel-caption').first().fill('Through the crosshair')
    await window.page.getByTestId('figure-columns').fill('2')
    await window.page.getByTestId('figure-columns').press('Enter')
    await expect.poll(async () => (await pictureSize('enlarged')).height).not.toBe(before.height)
    await photograph(application, 'figure-preview-changed')
    await window.click('figure-preview-close')
    await window.page.getByTestId('enlarged').waitFor({ state: 'detached' })
    await window.page.getByTestId('figure-width').selectOption('single')
    await window.click('figure-run')
    expect((await pictureSize('figure-picture')).width).toBe(Math.round((85 / 25.4) * 300))
    expect(await window.text('figure-legend')).toContain('(a) Through the crosshair. (b) Final DRR')
    await photograph(application, 'figure')
    expect(await runShownCommand(0)).toContain('up to date')
  })

  it('writes the report, and a view as a picture', async () => {
    await window.click('section-figure')
    await window.click('section-report')
    await window.page.getByTestId('report-title').fill('Case 7')
    await window.click('report-preview')
    expect((await pictureSize('enlarged')).width).toBe(1240)
    await photograph(application, 'report')
    await window.click('enlarged-close')
    await window.click('report-run')
    await window.shows('report-file')
    const name = await savedName()
    expect((await stat(join(folder, 'export', `${name}-report.pdf`))).size).toBeGreaterThan(10_000)
    await window.page.getByTestId('screenshot-axial').click({ force: true })
    await expect.poll(async () => (await readdir(join(folder, 'screenshots')).catch(() => [])).length).toBe(1)
    const [picture = ''] = await readdir(join(folder, 'screenshots'))
    expect(picture).toMatch(/^axial-\d{8}-\d{6}-\d{3}\.png$/)
    expect((await stat(join(folder, 'screenshots', picture))).size).toBeGreaterThan(2000)
  })

  it('writes the labels that the views show as surfaces', async () => {
    await window.click('section-surfaces')
    await window.click('surfaces-run')
    await window.shows('surfaces-file')
    await photograph(application, 'surfaces')
    const files = (await readdir(join(folder, 'export', 'surfaces'))).filter((name) => name.endsWith('.stl'))
    expect(files).toHaveLength(12)
    for (const name of files) {
      const { size } = await stat(join(folder, 'export', 'surfaces', name))
      // A binary STL has 84 bytes of head and 50 for each triangle.
      expect(size).toBeGreaterThan(84 + 50 * 100)
      expect((size - 84) % 50).toBe(0)
    }
  })

  it('works on an earlier result as well', async () => {
    const result = join(folder, await savedName(), 'result.json')
    await application.answerDialogs({ result: [result], 'save-folder': [folder] })
    await window.click('step-drr')
    await window.click('choose-result')
    await window.page.locator('[data-testid=result-source][data-kind=file]').waitFor()
    await window.page.getByTestId('drr-format').selectOption('png')
    await window.click('drr-run')
    await window.shows('up-to-date')
    await window.click('use-present-result')
    await window.page.locator('[data-testid=result-source][data-kind=present]').waitFor()
  })

  it('serves nothing else of the folder, and nothing outside of it', async () => {
    const name = await savedName()
    const answers = await window.page.evaluate(
      async (paths) => {
        const load = (path: string): Promise<string> =>
          new Promise((resolve) => {
            const picture = new Image()
            picture.onload = () => resolve('shown')
            picture.onerror = () => resolve('refused')
            picture.src = globalThis.window.isocenter.mediaUrl(path, 1)
          })
        return Promise.all(paths.map(load))
      },
      [
        join(folder, 'drr', `${name}-drr-1.png`),
        join(folder, 'evaluate', `${name}-evaluation-1.svg`),
        join(folder, '..', `${name}-drr-1.png`),
      ],
    )
    expect(answers).toEqual(['shown', 'refused', 'refused'])
  })
})
