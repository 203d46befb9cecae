import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
/** Copies of the sample's files, which the window may read only once the person gave them to it. */
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter own files ö '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.engineIsReady()
  const sample = await window.page.evaluate(async () => {
    const outcome = await globalThis.window.isocenter.openSample()
    if (!outcome.ok) throw new Error(outcome.error.message)
    return outcome.output.files
  })
  const [view] = sample.views
  if (view === undefined) throw new Error('The sample has no X-ray.')
  await cp(sample.volume, join(folder, 'ct.nii.gz'))
  await cp(view.xray, join(folder, 'x-ray.png'))
  await cp(view.camera, join(folder, 'c-arm.camera.json'))
  await cp(view.truth, join(folder, 'patient.pose.json'))
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

const drop = (name: string): Promise<void> => window.dropFiles([join(folder, name)])

describe('a person’s own files', () => {
  it('are opened by dialog; an X-ray without geometry asks for it, and has a DRR once it is given', async () => {
    await application.answerDialogs({
      'volume-file': [join(folder, 'ct.nii.gz')],
      xray: [join(folder, 'x-ray.png')],
    })
    await window.click('open-volume')
    await window.click('open-volume-file')
    expect(await window.text('volume-name')).toBe('ct.nii.gz')
    await window.click('open-xray')
    await window.page.getByTestId('unknown-sdd').fill('1020')
    await window.page.getByTestId('unknown-pitch').fill('0.8')
    await window.page.getByTestId('unknown-pitch').press('Enter')
    await window.click('use-camera')
    await window.drrRests()
    expect((await window.pose()).z).toBe(765)
    await window.click('carm-short')
    expect(await window.page.getByTestId('camera-principal-u').inputValue()).toBe('255.50')
  })

  it('are opened by dropping them: camera and pose', async () => {
    const before = await window.drrGreys()
    await drop('c-arm.camera.json')
    await expect.poll(() => window.page.getByTestId('camera-principal-u').inputValue()).toBe('253.20')
    await window.click('step-register')
    await drop('patient.pose.json')
    await window.drrDiffersFrom(before)
    expect((await window.pose()).z).toBeGreaterThan(690)
    expect(await window.page.getByTestId('message-error').count()).toBe(0)
  })

  it('are refused in words when they are something else', async () => {
    await application.answerDialogs({ xray: [join(folder, 'ct.nii.gz')] })
    await window.click('open-xray')
    expect(await window.text('message-error')).toContain('ct.nii.gz')
    expect(await window.page.getByTestId('xray-card').count()).toBe(1)
  })
})
