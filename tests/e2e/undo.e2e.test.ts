import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { Workstation } from './workstation.js'

/** Under load a step of the window may take long; nothing is asserted about how long. */
const patience = { timeout: 60_000 }

let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
})
afterAll(async () => {
  await application.close()
})

const nextUndo = (): Promise<string | null> => window.page.getByTestId('undo').getAttribute('aria-label')
const seed = (): Promise<string> => window.page.getByTestId('seed').inputValue()
const undoCount = (): Promise<string | null> => window.page.getByTestId('edit-note').getAttribute('data-undo')

async function undoIs(change: string): Promise<void> {
  await expect.poll(nextUndo, patience).toBe(`Undo: ${change} (Ctrl+Z)`)
}

/** Picks a command of the application's menu. */
function menu(label: string): Promise<void> {
  return application.app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
    items?.find((item) => item.label === wanted)?.click()
  }, label)
}

describe('undo of everything', () => {
  it('is one line through pose, labels and settings, walked back and forth', async () => {
    expect(await window.page.getByTestId('undo').isDisabled()).toBe(true)
    const start = await window.pose()
    await window.type('x', 25)
    await undoIs('pose by numbers')

    await window.click('step-segment')
    await window.click('new-label')
    await window.click('tool-paint')
    const canvas = window.page.getByTestId('axial-canvas')
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('The view is not on the screen.')
    await window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await window.page.mouse.down()
    await window.page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2, { steps: 5 })
    await window.page.mouse.up()
    await undoIs('paint label 13')
    await expect.poll(undoCount, patience).toBe('1')
    await window.click('tool-paint')

    await window.click('step-register')
    await window.click('section-advanced')
    await window.page.getByTestId('seed').fill('7')
    await window.page.getByTestId('seed').press('Enter')
    await undoIs('registration, seed')

    // In a text field the keys belong to what is typed, and to nothing that was taken before.
    await window.page.keyboard.type('5')
    expect(await seed()).not.toBe('7')
    await window.page.keyboard.press('Control+z')
    await expect.poll(seed, patience).toBe('7')
    await undoIs('registration, seed')
    await window.page.keyboard.press('Control+z')
    await undoIs('paint label 13')
    expect(await seed()).toBe('0')
    await window.page.keyboard.press('Control+y')
    await undoIs('registration, seed')
    expect(await seed()).toBe('7')
    await window.page.getByTestId('seed').blur()
    await undoIs('registration, seed')
    await window.page.keyboard.press('Control+z')
    await undoIs('paint label 13')
    expect(await seed()).toBe('0')
    await window.page.keyboard.press('Control+z')
    await undoIs('pose by numbers')
    await menu('&Undo')
    await expect.poll(() => window.pose(), patience).toEqual(start)
    expect(await window.page.getByTestId('undo').isDisabled()).toBe(true)

    await window.page.keyboard.press('Control+y')
    await undoIs('pose by numbers')
    expect((await window.pose()).x).toBe(25)
    await window.page.keyboard.press('Control+Shift+Z')
    await undoIs('paint label 13')
    await window.click('redo')
    await undoIs('registration, seed')
    expect(await seed()).toBe('7')

    await window.click('step-segment')
    expect(await undoCount()).toBe('1')
    await window.click('edit-undo')
    await undoIs('paint label 13')
    await window.click('edit-undo')
    await expect.poll(undoCount, patience).toBe('0')
  })

  it('takes a registration as one step, and waits while it runs', async () => {
    await window.click('step-register')
    const before = await window.pose()
    await window.startRegistration()
    expect(await window.page.getByTestId('undo').isDisabled()).toBe(true)
    await window.page.keyboard.press('Control+z')
    expect(await window.verdict()).toBe('good')
    await undoIs('registration')
    await window.page.keyboard.press('Control+z')
    await expect.poll(() => window.pose(), patience).toEqual(before)
    expect(application.windowErrors).toEqual([])
  })
})
