import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let folder: string
let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter training ü '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await application.answerDialogs({ 'save-folder': [folder] })
  await window.openSample()
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function type(testId: string, value: string): Promise<void> {
  const input = window.page.getByTestId(testId)
  await input.fill(value)
  await input.press('Enter')
}

const becomes = (status: string): Promise<void> =>
  window.page.locator(`[data-testid=step-train][data-status=${status}]`).waitFor()

/** The iteration that the window shows. */
const iteration = async (): Promise<number> =>
  Number(/Iteration ([\d,]+)/.exec(await window.text('training-iteration'))?.[1]?.replace(',', ''))

// The network learns far too little to be of use: what counts here is the way through the window.
describe('training a network', () => {
  it('shows what the ranges hold before anything is trained', async () => {
    await window.click('step-train')
    await window.page.locator('[data-testid=range-preview][data-state=shown]').waitFor()
    expect(await window.page.getByTestId('range-picture').count()).toBe(12)
    expect(await window.text('range-filled')).toContain('12 of 12')
    expect(await window.text('training-missing')).toContain('output folder')
    await photograph(application, 'train-ranges')
  })

  it('takes the detector from the X-ray, and refuses a patient behind it', async () => {
    await window.click('detector-from-xray')
    expect(await window.page.getByTestId('detector-sdd').inputValue()).toBe('1020.0')
    await type('detector-height', '32')
    expect(await window.page.getByTestId('detector-delx').inputValue()).toBe('12.8000')
    await window.click('output-folder')
    await type('range-tyMm-high', '1100')
    expect(await window.text('training-missing')).toContain('between source and detector')
    await type('range-tyMm-high', '850')
    await window.page.getByTestId('training-missing').waitFor({ state: 'detached' })
  })

  it('is watched, paused, and goes on from its checkpoint while the X-rays are looked at', async () => {
    await type('train-iterations', '40')
    await type('train-batch', '4')
    await type('train-name', 'tiny')
    await window.click('section-train-advanced')
    await type('train-warmupIterations', '4')
    await type('train-saveEvery', '10')
    await type('train-validationEvery', '10')
    await type('train-validationCount', '8')
    await window.click('training-start')
    await becomes('running')
    await window.shows('training-grid')
    await expect.poll(iteration, { timeout: 120_000 }).toBeGreaterThan(1)
    await window.click('training-pause')
    await window.shows('training-paused')
    await becomes('unsaved')
    const paused = await iteration()
    expect(paused).toBeLessThan(40)
    await photograph(application, 'train-paused')
    await window.click('training-go-on')
    await window.click('step-xray')
    await becomes('done')
    await window.click('step-train')
    expect(await iteration()).toBe(40)
  })

  it('leaves curves, pictures and checkpoints', async () => {
    await window.shows('training-result')
    const points = async (curve: string): Promise<number> =>
      Number(await window.page.getByTestId(curve).getAttribute('data-points'))
    expect(await points('curve-loss')).toBeGreaterThan(5)
    expect(await points('curve-mtre')).toBeGreaterThanOrEqual(4)
    expect(await readdir(join(folder, 'train', 'tiny'))).toContain('log.jsonl')
    await photograph(application, 'train-done')
  })

  it('is taken to a patient by fine-tuning', async () => {
    await window.click('training-finetune')
    await window.shows('finetune-facts')
    expect(await window.text('finetune-facts')).toContain('32 px of 12.8 mm')
    await window.page.locator('[data-testid=range-preview][data-state=shown]').waitFor()
    await photograph(application, 'finetune')
  })

  it('is where a registration starts', async () => {
    await window.click('step-train')
    await window.click('training-use')
    expect(await window.page.getByTestId('start-kind').inputValue()).toBe('network')
    expect(await window.text('network')).toContain('tiny / best.json')
    await window.click('network-init-only')
    await photograph(application, 'network-start')
    await window.startRegistration()
    expect(await window.verdict()).not.toBeNull()
    expect(await window.page.getByTestId('result-row').first().innerText()).toContain('network')
  })

  it('asks before the window closes on a training, and lets a registration’s pose be moved meanwhile', async () => {
    await application.answerDialogs({ 'save-folder': [folder], 'close-with-edits': ['stay'] })
    await window.click('step-train')
    await type('train-iterations', '4000')
    await type('train-name', 'long')
    await window.click('training-start')
    await becomes('running')
    await window.click('step-register')
    await window.type('x', 7)
    await expect.poll(async () => (await window.pose()).x).toBe(7)
    await window.page.evaluate(() => {
      globalThis.window.close()
    })
    await window.shows('unsaved')
    // The registration of before is in no folder either, and is asked about first.
    if ((await window.text('unsaved')).includes('Registrations')) await window.click('unsaved-discard')
    await window.page.getByTestId('unsaved').getByText('A training is running').waitFor()
    await photograph(application, 'training-close')
    await window.click('unsaved-keep')
    await becomes('running')
    await window.click('step-train')
    await window.click('training-pause')
    await window.shows('training-paused')
    await application.answerDialogs({})
  })

  it('writes no error to the console', () => {
    expect(application.windowErrors).toEqual([])
  })
})
