import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pointsSchema } from '../../native-workers/contract/files/points.js'
import { placeOfBone } from './bone-on-screen.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

/** The longest wait for what an open session shows; opening one may take longer. */
const promptMs = 20_000

let root: string
let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter points ü '))
  await mkdir(join(root, 'project'))
  application = await launchApplication([], join(root, 'user'))
  window = new Workstation(application.window)
  await window.openSample()
  window.page.setDefaultTimeout(promptMs)
  await window.click('step-register')
})
afterAll(async () => {
  await application.close()
  await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

const rows = (): Promise<number> => window.page.getByTestId('point-table').getByRole('listitem').count()
const rmsPixels = async (): Promise<number> => Number(await window.text('points-rms'))

/** A place of a view, from its middle in CSS pixels. */
async function at(testId: string, dx: number, dy: number): Promise<[number, number]> {
  const box = await window.page.getByTestId(testId).boundingBox()
  if (box === null) throw new Error(`${testId} is not on the screen.`)
  return [box.x + box.width / 2 + dx, box.y + box.height / 2 + dy]
}

async function clickAt(testId: string, dx: number, dy: number): Promise<void> {
  await window.page.mouse.click(...(await at(testId, dx, dy)))
}

describe('points', () => {
  it('of the sample measure the pose as it is moved, and place it', async () => {
    await window.click('section-points')
    expect(await rows()).toBeGreaterThanOrEqual(6)
    const before = await rmsPixels()
    expect(before).toBeGreaterThan(5)
    await window.click('points-shown')
    await window.click('pose-from-points')
    await window.shows('points-fit')
    const fitted = await rmsPixels()
    expect(fitted).toBeLessThan(2)
    await window.drrRests()
    await photograph(application, 'points-fitted')
    await window.dragDrr(30, 0)
    await expect.poll(rmsPixels).toBeGreaterThan(fitted + 5)
    await window.page.keyboard.press('Control+z')
    await expect.poll(rmsPixels).toBeCloseTo(fitted, 1)
  })

  it('start a registration without files', async () => {
    await window.page.getByTestId('start-kind').selectOption('landmarks')
    expect(await window.text('landmark-start')).toMatch(/points in the CT/)
    expect(await window.page.getByTestId('register').isEnabled()).toBe(true)
  })

  it('are deleted and come back, and what is missing is said', async () => {
    const count = await rows()
    await window.click('points-clear')
    await expect.poll(() => window.text('register-missing')).toMatch(/4 points are needed/)
    await window.page.getByTestId('axial-canvas').focus()
    await window.page.keyboard.press('Control+z')
    await expect.poll(rows).toBe(count)
    await window.page.keyboard.press('Control+y')
    await window.page.getByTestId('point-table').waitFor({ state: 'detached' })
  })

  it('are placed in a slice, in the X-ray and on the surface', async () => {
    await window.page.keyboard.press('p')
    await clickAt('axial-canvas', 20, -10)
    await clickAt('xray-canvas', 12, 18)
    await expect.poll(rows).toBe(1)
    await window.shows('point-P1-pixels')
    // Beside the C-arm there is no surface, and nothing is placed.
    await clickAt('three-d-view', 0, -130)
    await window.page.mouse.click(...(await placeOfBone(window.page)))
    await window.shows('point-P2')
    expect(await rows()).toBe(2)
    await window.click('point-P2-look')
    const picked = await window.text('point-position')
    await clickAt('coronal-canvas', 30, 20)
    await expect.poll(rows).toBe(3)
    await photograph(application, 'points-placing')
    await window.page.keyboard.press('Escape')
    expect(await window.page.getByTestId('points-place').getAttribute('aria-pressed')).toBe('false')
    await window.click('point-P2-look')
    expect(await window.text('point-position')).toBe(picked)
  })

  it('are dragged, renamed, put in order and deleted', async () => {
    await window.click('point-P1-look')
    const before = await window.text('point-position')
    // The crosshair went to the point, and so did the slice.
    const [x, y] = await at('axial-canvas', 20, -10)
    await window.page.mouse.move(x, y)
    await window.page.mouse.down()
    await window.page.mouse.move(x + 25, y + 15, { steps: 5 })
    await window.page.mouse.up()
    await expect.poll(() => window.text('point-position')).not.toBe(before)
    await window.page.keyboard.press('Control+z')
    await expect.poll(() => window.text('point-position')).toBe(before)
    await window.page.getByTestId('point-name').fill('hip, left')
    await window.page.keyboard.press('Enter')
    await window.shows('point-hip, left')
    await window.click('point-down')
    expect(await window.page.getByTestId('point-table').getByRole('listitem').first().innerText()).toMatch(
      /P2/,
    )
    await window.click('point-P3-look')
    await window.page.getByTestId('point-P3-look').press('Delete')
    await expect.poll(rows).toBe(2)
  })

  it('are saved for 3D Slicer, and read again', async () => {
    await application.answerDialogs({ 'save-folder': [root] })
    await window.click('section-point-files')
    await window.page.getByTestId('points-format').selectOption('fcsv')
    await window.click('points-save-volume')
    expect(await window.text('points-saved')).toMatch(/ct\.fcsv/)
    const file = join(root, 'points', 'ct.fcsv')
    expect(await readFile(file, 'utf8')).toMatch(/CoordinateSystem = LPS[^]*"hip, left"/)
    await window.click('points-clear')
    await application.answerDialogs({ points: [file] })
    await window.click('points-load-volume')
    await expect.poll(rows).toBe(2)
    await application.answerDialogs({ 'save-folder': [root] })
    await window.page.getByTestId('points-format').selectOption('own')
    await window.click('points-save-volume')
    await expect.poll(() => window.text('points-saved')).toMatch(/ct\.points\.json/)
    const own = pointsSchema.parse(JSON.parse(await readFile(join(root, 'points', 'ct.points.json'), 'utf8')))
    expect(own.points.map(({ name }) => name)).toEqual(['P2', 'hip, left'])
  })

  it('are kept by a project', async () => {
    await window.page.keyboard.press('p')
    await clickAt('xray-canvas', -15, 10)
    await window.page.keyboard.press('Escape')
    await window.click('point-P2-look')
    const kept = await window.text('point-P2')
    await application.answerDialogs({ 'new-project-folder': [join(root, 'project')] })
    await window.click('project-menu')
    await window.click('new-project')
    await window.page.locator('[data-testid=project-save][data-state=saved]').waitFor()
    await application.close()
    application = await launchApplication([], join(root, 'user'))
    window = new Workstation(application.window)
    await window.engineIsReady()
    await window.click('recent-project')
    await window.drrRests()
    window.page.setDefaultTimeout(promptMs)
    await window.click('section-points')
    await expect.poll(rows).toBe(2)
    await window.click('point-P2-look')
    expect(await window.text('point-P2')).toBe(kept)
    expect(application.windowErrors).toEqual([])
  })
})
