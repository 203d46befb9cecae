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
  folder = await mkdtemp(join(tmpdir(), 'isocenter x-ray ü '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await window.click('step-xray')
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const countingPercent = async (): Promise<number> => parseFloat(await window.text('mask-fraction'))

/** Drags in the X-ray from its middle, CSS pixels. */
async function drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await window.page.getByTestId('xray-canvas').boundingBox()
  if (box === null) throw new Error('The X-ray is not on the screen.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await window.page.mouse.move(x + from[0], y + from[1])
  await window.page.mouse.down()
  await window.page.mouse.move(x + to[0], y + to[1], { steps: 5 })
  await window.page.mouse.up()
}

describe('the step of the X-rays', () => {
  it('tells of every X-ray whether it is ready', async () => {
    expect(await window.page.getByTestId('step-xray').getAttribute('data-status')).toBe('done')
    expect(await window.page.getByTestId('xray-state').allInnerTexts()).toEqual(['Ready', 'Ready'])
    expect(await window.page.getByTestId('preprocess-linearize').isChecked()).toBe(true)
    await photograph(application, 'xray-step-ready')
  })

  it('changes the C-arm, which can be undone', async () => {
    const sdd = window.page.getByTestId('camera-sdd')
    const before = await sdd.inputValue()
    await sdd.fill('1100')
    await sdd.press('Enter')
    await expect.poll(() => sdd.inputValue()).toBe('1100.00')
    await window.page.getByTestId('xray-canvas').focus()
    await window.page.keyboard.press('Control+z')
    await expect.poll(() => sdd.inputValue()).toBe(before)
  })

  it('paints the mask, with undo, without moving the pose', async () => {
    const automatic = await countingPercent()
    await window.click('step-register')
    const pose = await window.pose()
    await window.click('step-xray')
    await window.click('mask-rectangle')
    await drag([-60, -60], [60, 70])
    await expect.poll(countingPercent).toBeLessThan(automatic / 2)
    const rectangle = await countingPercent()
    await window.click('mask-erase')
    await drag([-40, 0], [40, 0])
    await expect.poll(countingPercent).toBeLessThan(rectangle)
    await photograph(application, 'xray-step-painted')
    await window.page.keyboard.press('Control+z')
    await expect.poll(countingPercent).toBe(rectangle)
    await window.page.keyboard.press('Control+z')
    await expect.poll(countingPercent).toBe(automatic)
    await window.page.getByTestId('mask-apply').waitFor({ state: 'detached' })
    await window.page.keyboard.press('Control+y')
    await expect.poll(countingPercent).toBe(rectangle)
    await window.shows('mask-apply')
    await window.click('step-register')
    expect(await window.pose()).toEqual(pose)
    await window.click('step-xray')
  })

  it('keeps what was painted as a mask file, and goes back to the one that was found', async () => {
    const painted = await countingPercent()
    await application.answerDialogs({ 'save-folder': [folder] })
    await window.click('mask-apply')
    await window.shows('mask-file')
    await window.page.getByTestId('mask-apply').waitFor({ state: 'detached' })
    expect(await readdir(join(folder, 'masks'))).toEqual(['xray-ap-mask-1.png'])
    expect(await countingPercent()).toBe(painted)
    expect(await window.page.getByTestId('mask-kind').inputValue()).toBe('file')
    await window.page.getByTestId('mask-kind').selectOption('automatic')
    await expect.poll(countingPercent).toBeGreaterThan(painted)
    await window.page.getByTestId('xray-canvas').focus()
    await window.page.keyboard.press('Control+z')
    await expect.poll(() => window.page.getByTestId('mask-kind').inputValue()).toBe('file')
  })

  it('names the command that does the same', async () => {
    await window.page.getByTestId('xray-command').selectOption('mirror')
    expect(await window.text('command')).toMatch(/isocenter xray mirror .*xray-ap\.png.* --camera/)
    expect(application.windowErrors).toEqual([])
  })
})
