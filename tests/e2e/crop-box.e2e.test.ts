import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter box '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await application.answerDialogs({ 'save-folder': [folder] })
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

const value = (testId: string): Promise<string> => window.page.getByTestId(testId).inputValue()

/** Under load the window may take long to follow. */
const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 30_000, ...options })

/** The corners of the box in the axial view, in window coordinates. */
async function axialCorners(): Promise<{ x: number; y: number }[]> {
  const canvas = window.page.getByTestId('axial-canvas')
  const box = await canvas.boundingBox()
  const outline = await canvas.getAttribute('data-box')
  if (box === null || outline === null) throw new Error('The box is not on the screen.')
  return outline.split(' ').map((corner) => {
    const [x = 0, y = 0] = corner.split(',').map(Number)
    return { x: box.x + x, y: box.y + y }
  })
}

async function drag(from: { x: number; y: number }, dx: number, dy: number): Promise<void> {
  const { mouse } = window.page
  await mouse.move(from.x, from.y)
  await mouse.down()
  await mouse.move(from.x + dx, from.y + dy, { steps: 5 })
  await mouse.up()
}

describe('the crop box in the window', () => {
  it('begins around the whole CT and is changed by numbers, with undo', async () => {
    await window.click('step-crop')
    await window.page.getByTestId('crop-method').selectOption('box')
    expect(await value('box-i-first')).toBe('0')
    const last = Number(await value('box-i-last'))
    await window.page.getByTestId('box-i-first').fill('20')
    await window.page.getByTestId('box-i-first').press('Enter')
    await window.page.getByTestId('box-i-last').press('ArrowDown')
    expect(await value('box-i-last')).toBe(String(last - 1))
    await window.page
      .getByTestId('box-facts')
      .getByText(`${last - 20} × `)
      .waitFor()
    await photograph(application, 'crop-box')
    await window.page.getByTestId('axial-canvas').focus()
    await window.page.keyboard.press('Control+z')
    await poll(() => value('box-i-last')).toBe(String(last))
    await window.page.keyboard.press('Control+Shift+z')
    await poll(() => value('box-i-last')).toBe(String(last - 1))
  })

  it('lies around labels on demand', async () => {
    await window.page.getByTestId('box-labels').fill('12')
    await window.page.getByTestId('padding').fill('5')
    await window.page.getByTestId('padding').press('Enter')
    await window.click('box-around-labels')
    await poll(async () => Number(await value('box-k-first'))).toBeGreaterThan(0)
  })

  it('is dragged by an edge and by its inside in a slice', async () => {
    await window.click('box-whole')
    await window.page.getByTestId('box-i-first').fill('40')
    await window.page.getByTestId('box-i-first').press('Enter')
    const corners = await axialCorners()
    const left = Math.min(...corners.map(({ x }) => x))
    const middle = corners.reduce((sum, { y }) => sum + y / corners.length, 0)
    await window.page.mouse.move(left, middle)
    expect(await window.page.getByTestId('axial-canvas').evaluate((canvas) => canvas.style.cursor)).toBe(
      'ew-resize',
    )
    await drag({ x: left, y: middle }, 20, 0)
    await poll(async () => Number(await value('box-i-first'))).toBeGreaterThan(40)
    const first = Number(await value('box-i-first'))
    const last = Number(await value('box-i-last'))
    await drag({ x: left + 60, y: middle + 20 }, -15, 0)
    await poll(async () => Number(await value('box-i-first'))).toBeLessThan(first)
    const moved = first - Number(await value('box-i-first'))
    expect(last - Number(await value('box-i-last'))).toBe(moved)
    await photograph(application, 'crop-box-dragged')
  })

  it('is cut out by the operation that the command names', async () => {
    await window.click('output-folder')
    const command = await window.text('command')
    const first = await value('box-i-first')
    expect(command).toContain(`--box ${first},0,0,`)
    await window.click('apply')
    await window.shows('crop-result')
    await window.page.getByTestId('show-result').getByText('Show in the views').waitFor()
    await expect
      .poll(() => window.page.getByTestId('show-result').isDisabled(), { timeout: 60_000 })
      .toBe(true)
    const record = await readFile(join(folder, 'crop', 'ct_box.provenance.json'), 'utf8')
    expect(JSON.parse(record)).toMatchObject({ settings: { unit: 'voxels', first: [Number(first), 0, 0] } })
    await photograph(application, 'crop-box-cut')
    expect(application.windowErrors).toEqual([])
  })
})
