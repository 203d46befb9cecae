import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photograph } from './photograph.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { shareThatDiffers, Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
beforeAll(async () => {
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
})
afterAll(() => application.close())

/** Under load the window may take long to follow. */
const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 60_000, ...options })

const letters = (view: string): Promise<string | null> =>
  window.page.getByTestId(`${view}-canvas`).getAttribute('data-letters')

/** Greys of the X-ray pane on a coarse grid. */
const overlayGreys = (): Promise<readonly number[]> =>
  window.page.getByTestId('overlay-canvas').evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return []
    const { width, height } = element
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    return Array.from({ length: 1024 }, (_, n) => {
      const column = Math.floor((((n % 32) + 0.5) * width) / 32)
      const row = Math.floor(((Math.floor(n / 32) + 0.5) * height) / 32)
      return data[4 * (row * width + column)] ?? 0
    })
  })

describe('oblique slices', () => {
  it('are turned about the crosshair by keys and by a drag, and made straight again', async () => {
    expect(await letters('coronal')).toBe('R L S I')
    await window.page.getByTestId('axial-canvas').focus()
    await window.page.keyboard.press('Alt+Shift+ArrowRight')
    await window.page.keyboard.press('Alt+Shift+ArrowRight')
    await poll(() => letters('coronal')).toBe('RA LP S I')
    expect(await letters('axial')).toBe('R L A P')
    expect(await window.text('coronal-straighten')).toContain('20.0°')
    await photograph(application, 'oblique')

    const box = await window.page.getByTestId('sagittal-canvas').boundingBox()
    if (box === null) throw new Error('The sagittal slice is not on the screen.')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await window.page.keyboard.down('Alt')
    await window.page.mouse.move(x + 60, y)
    await window.page.mouse.down()
    await window.page.mouse.move(x + 60, y + 25, { steps: 5 })
    await window.page.mouse.up()
    await window.page.keyboard.up('Alt')
    await poll(async () => (await letters('axial')) !== 'R L A P').toBe(true)
    await photograph(application, 'oblique-twice')

    await window.click('axial-straighten')
    await poll(() => letters('coronal')).toBe('R L S I')
    expect(await letters('axial')).toBe('R L A P')
    expect(await window.page.getByTestId('axial-straighten').count()).toBe(0)
  })
})

describe('X-ray and DRR', () => {
  it('take turns in the flicker, and share the pane at the line of the swipe', async () => {
    await window.page.getByTestId('axial-canvas').focus()
    await window.page.keyboard.press('6')
    const first = await overlayGreys()
    await poll(async () => shareThatDiffers(first, await overlayGreys())).toBeGreaterThan(0.1)
    await window.page.getByTestId('axial-canvas').focus()
    await window.page.keyboard.press('7')
    const slider = window.page.getByTestId('overlay-swipe-slider')
    await slider.fill('0')
    const drr = await overlayGreys()
    await slider.fill('1')
    await poll(async () => shareThatDiffers(drr, await overlayGreys())).toBeGreaterThan(0.1)
    const xray = await overlayGreys()
    await slider.fill('0.5')
    await poll(async () => shareThatDiffers(xray, await overlayGreys())).toBeGreaterThan(0.02)
    await photograph(application, 'swipe')
    await window.click('overlay-side-by-side')
  })
})

describe('the volume in 3D', () => {
  it('is rendered by a preset, with its opacity shifted, and hidden again', async () => {
    await window.click('layout-three-d')
    await window.page.getByTestId('volume-preset').selectOption('bone')
    await window.page.locator('[data-testid=volume-preset][data-drawn]').waitFor()
    const drawn = await window.page.getByTestId('volume-preset').getAttribute('data-drawn')
    const voxels = (drawn ?? '').split(' x ').reduce((product, count) => product * Number(count), 1)
    expect(voxels).toBeGreaterThan(10_000)
    await window.page.getByTestId('volume-shift').fill('100')
    await photograph(application, 'volume-bone')
    await window.page.getByTestId('volume-preset').selectOption('off')
    await window.page.locator('[data-testid=volume-preset]:not([data-drawn])').waitFor()
    expect(application.windowErrors).toEqual([])
  })
})
