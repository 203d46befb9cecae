import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await window.click('step-data')
  await window.shows('label-map-name')
})
afterAll(() => application.close())

/** How many pixels of a view are coloured rather than grey. */
function colouredPixels(page: Page, testId: string): Promise<number> {
  return page.getByTestId(testId).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? []
    let count = 0
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = [data[i], data[i + 1], data[i + 2]]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 24) count++
    }
    return count
  })
}

const views = ['axial', 'sagittal', 'coronal'] as const

describe('labels over the CT', () => {
  it('are named by the file beside the map, and searched', async () => {
    expect(await window.text('label-map-name')).toBe('labels.nii.gz')
    expect(await window.text('label-3-centre')).toBe('vertebra L4')
    await window.page.getByTestId('label-search').fill('femur left')
    await expect.poll(() => window.text('label-count')).toBe('1 of 12 labels')
    await window.page.getByTestId('label-search').fill('')
    await expect.poll(() => window.text('label-count')).toBe('12 labels')
    await window.page.getByTestId('label-names').selectOption('totalsegmentator')
    expect(await window.text('label-3-centre')).toBe('kidney left')
    await window.page.getByTestId('label-names').selectOption('file')
  })

  it('lead the crosshair to a structure, whose name the views tell', async () => {
    await window.click('label-3-centre')
    for (const view of views) {
      await expect.poll(() => window.text(`${view}-label`)).toBe('vertebra L4')
    }
    await photograph(application, 'labels')
  })

  it('are painted in every view, and not when they are hidden', async () => {
    const shown = await Promise.all(views.map((view) => colouredPixels(window.page, `${view}-canvas`)))
    await window.click('labels-hide')
    for (const [index, view] of views.entries()) {
      await expect
        .poll(() => colouredPixels(window.page, `${view}-canvas`))
        .toBeLessThan((shown[index] ?? 0) / 2)
    }
    const none = await colouredPixels(window.page, 'axial-canvas')
    await window.click('label-3-shown')
    await expect.poll(() => colouredPixels(window.page, 'axial-canvas')).toBeGreaterThan(none)
    await window.click('labels-show')
    await expect.poll(() => colouredPixels(window.page, 'axial-canvas')).toBe(shown[0])
  })

  it('get surfaces in the 3D view when asked', async () => {
    const toggle = window.page.getByTestId('label-surfaces')
    await toggle.click()
    await expect.poll(() => toggle.getAttribute('data-shown'), { timeout: 60_000 }).toBe('12')
    await photograph(application, 'label-surfaces')
    await window.click('label-12-shown')
    await expect.poll(() => toggle.getAttribute('data-shown')).toBe('11')
    await toggle.click()
    await expect.poll(() => toggle.getAttribute('data-shown')).toBe('0')
  })

  it('share the window as a layout says, and return from a maximised view', async () => {
    const isShown = (view: string) => window.page.getByTestId(view).isVisible()
    await window.click('layout-slices')
    await expect.poll(() => isShown('drr-canvas')).toBe(false)
    expect(await isShown('axial-canvas')).toBe(true)
    await photograph(application, 'layout-slices')
    await window.page.getByTestId('coronal-canvas').dblclick()
    await expect.poll(() => isShown('axial-canvas')).toBe(false)
    await photograph(application, 'maximised')
    await window.click('layout-xray')
    await expect.poll(() => isShown('drr-canvas')).toBe(true)
    expect(await isShown('coronal-canvas')).toBe(false)
    await photograph(application, 'layout-xray')
    await window.click('layout-all')
    await expect.poll(() => isShown('three-d-view')).toBe(true)
  })

  it('can be measured by a ruler that stays in its slice', async () => {
    const canvas = window.page.getByTestId('axial-canvas')
    const rulers = () => canvas.getAttribute('data-rulers')
    const slice = await window.text('axial-slice')
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('The axial view is not on the screen.')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await window.click('ruler')
    await window.page.mouse.move(x - 40, y - 10)
    await window.page.mouse.down()
    await window.page.mouse.move(x + 40, y + 20, { steps: 4 })
    await window.page.mouse.up()
    expect(await rulers()).toBe('1')
    await photograph(application, 'ruler')
    await window.click('ruler')
    await window.page.keyboard.press('Escape')
    await canvas.focus()
    await window.page.keyboard.press('PageUp')
    await expect.poll(() => window.text('axial-slice')).not.toBe(slice)
    expect(await rulers()).toBe('0')
    await window.page.keyboard.press('PageDown')
    await expect.poll(rulers).toBe('1')
    await window.page.keyboard.press('Delete')
    await expect.poll(rulers).toBe('0')
  })

  it('are seen in any of the grey windows', async () => {
    for (const preset of ['brain', 'abdomen', 'full', 'bone']) {
      await window.click(`preset-${preset}`)
      await expect
        .poll(() => window.page.getByTestId(`preset-${preset}`).getAttribute('aria-pressed'))
        .toBe('true')
    }
  })

  it('go with the map', async () => {
    await window.click('labels-close')
    await window.shows('open-labels')
    expect(await window.page.getByTestId('label-surfaces').isDisabled()).toBe(true)
    expect(application.windowErrors).toEqual([])
  })
})
