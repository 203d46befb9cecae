import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registrationResultSchema } from '../../native-workers/contract/files/registration-result.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { shareThatDiffers, Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter résultats '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the sample in the window', () => {
  it('is a CT with two X-rays, each with its DRR', async () => {
    expect(await window.text('volume-name')).toBe('ct.nii.gz')
    expect(await window.page.getByTestId('xray-card').count()).toBe(2)
    await expect
      .poll(async () => Math.max(...(await window.drrGreys())), { timeout: 60_000 })
      .toBeGreaterThan(100)
    const frontal = await window.drrGreys()
    await window.page.getByTestId('xray-card').nth(1).getByText('xray-lateral.png').click()
    await window.drrDiffersFrom(frontal)
    await window.page.getByTestId('xray-card').nth(0).getByText('xray-ap.png').click()
    await window.drrRests()
  })

  it('has a DRR that follows typed numbers, keys, mouse and undo', async () => {
    await window.click('pose-ap')
    await window.drrRests()
    const start = await window.pose()
    const startGreys = await window.drrGreys()
    await window.type('x', 25)
    await window.drrDiffersFrom(startGreys)

    const typed = await window.drrGreys()
    await window.page.getByTestId('drr-canvas').focus()
    await window.page.keyboard.press('Shift+ArrowDown')
    await window.page.keyboard.press('Alt+Shift+ArrowLeft')
    await window.drrDiffersFrom(typed)
    expect(await window.pose()).toEqual({ ...start, x: 25, y: 10, turn: 10 })

    await window.drrRests()
    const keyed = await window.drrGreys()
    await window.dragDrr(30, 20)
    await window.drrDiffersFrom(keyed)
    const dragged = await window.pose()
    expect(dragged.x).toBeGreaterThan(26)
    expect(dragged.y).toBeGreaterThan(11)
    expect(dragged).toMatchObject({ z: start.z, turn: 10, tilt: 0, roll: 0 })

    await window.dragDrr(40, 0, 'Shift')
    expect((await window.pose()).turn).toBeLessThan(10)

    while (!(await window.page.getByTestId('undo').isDisabled())) await window.click('undo')
    await window.click('pose-ap')
    expect(await window.pose()).toEqual(start)
    await expect
      .poll(async () => shareThatDiffers(startGreys, await window.drrGreys()), { timeout: 60_000 })
      .toBeLessThan(0.02)
  })

  it('is registered without a start, and shows verdict, error and every comparison', async () => {
    await window.startRegistration()
    expect(await window.text('elapsed')).toMatch(/\d s/)
    expect(await window.verdict()).toBe('good')
    expect(await window.sampleErrorMm()).toBeLessThan(1)
    await window.drrRests()
    for (const mode of ['blend', 'checkerboard', 'difference', 'edges'] as const) {
      await window.click(`overlay-${mode}`)
      await window.shows('overlay-canvas')
    }
    await window.click('overlay-side-by-side')
    const registered = await window.drrGreys()
    await window.click('show-start')
    await window.click('pose-ap')
    await window.drrDiffersFrom(registered)
    await window.click('show-final')
    await window.drrRests()
  })

  it('is saved whole to the folder that the person chose', async () => {
    await application.answerDialogs({ 'save-folder': [folder] })
    await window.click('save')
    expect(await window.text('saved')).toContain(join(folder, 'result.json'))
    const names = (await readdir(folder)).sort()
    expect(names).toEqual([
      ...['drr-final-1.png', 'drr-final-2.png', 'drr-initial-1.png', 'drr-initial-2.png'],
      ...['overlay-1.png', 'overlay-2.png', 'result.json', 'trajectory.csv', 'xray-1.png', 'xray-2.png'],
    ])
    const content: unknown = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))
    const result = registrationResultSchema.parse(content)
    expect(result.verdict.level).toBe('good')
    expect(result.views).toHaveLength(2)
    expect(result.inputs.map(({ role }) => role)).toContain('volume')
  })

  it('needed no network and broke no rule of the content security policy', async () => {
    const log = await readFile(
      (await window.page.evaluate(() => globalThis.window.isocenter.appInfo())).logFile,
      'utf8',
    )
    expect(log).not.toMatch(/refused/)
    const schemes = new Set(application.requests.map((url) => new URL(url).protocol))
    expect([...schemes].filter((scheme) => !/^(isocenter|isocenter-data|blob|data):$/.test(scheme))).toEqual(
      [],
    )
    expect(schemes).toContain('isocenter:')
    expect(application.windowErrors).toEqual([])
  })
})
