import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { photograph } from './photograph.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { shareThatDiffers, Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
let folder: string
const shift = `#Insight Transform File V1.0
#Transform 0
Transform: Euler3DTransform_double_3_3
Parameters: 0 0 0.2 -12 5 3
FixedParameters: 0 0 0
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter transforms ü '))
  await writeFile(join(folder, 'shift.tfm'), shift)
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await application.answerDialogs({ 'save-folder': [folder], transform: [join(folder, 'shift.tfm')] })
  await window.click('step-transforms')
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(application.windowErrors.join('\n'))
})

const patient = { timeout: 60_000 }

async function fill(testId: string, value: string): Promise<void> {
  const input = window.page.getByTestId(testId)
  await input.fill(value)
  await input.press('Enter')
}

const cell = (row: number, column: number): Promise<string> =>
  window.page.getByTestId(`matrix-${row}-${column}`).inputValue()

/** Greys of a slice view on a coarse grid. */
const greys = (view: string): Promise<readonly number[]> =>
  window.page.getByTestId(`${view}-canvas`).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return []
    const { width, height } = element
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    const side = 48
    return Array.from({ length: side * side }, (_, n) => {
      const column = Math.floor((((n % side) + 0.5) * width) / side)
      const row = Math.floor(((Math.floor(n / side) + 0.5) * height) / side)
      return data[4 * (row * width + column)] ?? 0
    })
  })

describe('transforms in the window', () => {
  it('are made, edited by numbers and matrix, and undone', async () => {
    expect(await window.text('apply-missing')).toBe('Make or load a transform first.')
    await photograph(application, 'transforms-empty')
    await window.click('transform-add')
    await fill('transform-shift-0', '15')
    expect(await cell(0, 3)).toBe('15.000')
    await fill('transform-turn-2', '90')
    expect(await cell(1, 0)).toBe('1.00000')
    await window.page.getByTestId('transform-kind').getByText('rigid').waitFor()
    await fill('matrix-0-0', '-1')
    await window.page.getByTestId('transform-kind').getByText('affine').waitFor()
    await window.click('undo')
    await window.click('undo')
    await window.page.getByTestId('transform-kind').getByText('rigid').waitFor()
    expect(await window.page.getByTestId('transform-turn-2').inputValue()).toBe('0.00')
    expect(await window.page.getByTestId('transform-shift-0').inputValue()).toBe('15.00')
  })

  it('take a pasted matrix, and refuse what is none in a sentence', async () => {
    await window.page.getByTestId('matrix-text').fill('1 2 3')
    await window.click('matrix-take')
    expect(await window.text('matrix-refused')).toContain('the text holds 3')
    await window.page.getByTestId('matrix-text').fill('[[-1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]')
    await window.click('matrix-take')
    await window.shows('transform-mirrors')
    expect(await window.page.getByTestId('matrix-refused').count()).toBe(0)
    await window.click('section-pose-transform')
    await window.shows('pose-mirrors')
    await window.click('section-pose-transform')
    await window.click('transform-remove')
    expect(await window.page.getByTestId('transform-entry').count()).toBe(0)
  })

  it('are loaded, previewed in the slices, composed and saved', async () => {
    await window.click('transform-load')
    await window.page.getByTestId('transform-entry').getByText('shift').waitFor()
    // The file leads from the moved CT back to the CT; what is shown moves the CT.
    await window.page.getByTestId('matrix-direction').selectOption('file')
    expect(await cell(0, 3)).toBe('-12.000')
    await window.page.getByTestId('matrix-direction').selectOption('moved')
    const before = await greys('axial')
    await window.page.getByTestId('transform-preview').selectOption('ct')
    await window.page.getByTestId('preview-note').first().waitFor()
    await expect
      .poll(async () => shareThatDiffers(before, await greys('axial')), patient)
      .toBeGreaterThan(0.1)
    await photograph(application, 'transforms-preview')
    await window.page.getByTestId('transform-preview').selectOption('off')
    await expect.poll(async () => shareThatDiffers(before, await greys('axial')), patient).toBeLessThan(0.02)

    await window.click('transform-invert')
    await window.click('undo')
    await window.click('section-compose')
    await window.page.getByTestId('compose-second').selectOption({ label: 'shift' })
    await window.click('compose-make')
    await window.page.getByTestId('transform-entry').getByText('shift, then shift').waitFor()
    expect(Number(await cell(0, 0))).toBeCloseTo(Math.cos(0.4), 5)
    await window.click('transform-remove')

    await window.click('section-save-transform')
    await window.page.getByTestId('output-folder').first().click()
    await window.page.getByTestId('transform-format').selectOption('h5')
    await window.click('transform-save')
    await window.shows('transform-saved')
    expect(await readdir(join(folder, 'transforms'))).toContain('shift.h5')
  })

  it('follow handles in a slice and in 3D', async () => {
    await window.click('transform-add')
    const canvas = await window.page.getByTestId('axial-canvas').boundingBox()
    if (canvas === null) throw new Error('The axial view is not on the screen.')
    const { mouse } = window.page
    // Inside the ring, whose middle is the CT's: towards the left of the patient.
    await mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
    await mouse.down()
    await mouse.move(canvas.x + canvas.width / 2 + 40, canvas.y + canvas.height / 2, { steps: 4 })
    await mouse.up()
    const shiftOf = async (axis: number) =>
      Number(await window.page.getByTestId(`transform-shift-${axis}`).inputValue())
    const turnOf = async (axis: number) =>
      Number(await window.page.getByTestId(`transform-turn-${axis}`).inputValue())
    expect(await shiftOf(0)).toBeGreaterThan(5)
    expect(Math.abs(await shiftOf(1))).toBeLessThan(0.01)
    expect(await window.page.getByTestId('transform-preview').inputValue()).toBe('ct')
    const ring = { x: canvas.x + canvas.width / 2 + 40 + 64, y: canvas.y + canvas.height / 2 }
    await mouse.move(ring.x, ring.y)
    await mouse.down()
    await mouse.move(ring.x, ring.y + 25, { steps: 4 })
    await mouse.up()
    expect(await turnOf(2)).toBeGreaterThan(10)
    await photograph(application, 'transforms-handles')

    const superior = await shiftOf(2)
    const grip = await window.page.getByTestId('handle-shift-S').boundingBox()
    if (grip === null) throw new Error('The 3D view shows no handles.')
    await mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await mouse.down()
    await mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2 - 30, { steps: 4 })
    await mouse.up()
    expect(await shiftOf(2)).toBeGreaterThan(superior + 1)
    const before = await turnOf(2)
    await window.page.getByTestId('handle-turn-S').focus()
    await window.page.keyboard.press('ArrowUp')
    expect(await turnOf(2)).toBeCloseTo(before + 1, 1)
    await window.click('transform-remove')
    await window.page.getByTestId('transform-preview').selectOption('off')
  })

  it('bring the pose through, there and back', async () => {
    const poseInRegister = async () => {
      await window.click('step-register')
      const pose = await window.pose()
      await window.click('step-transforms')
      return pose
    }
    const through = async (direction: 'to-file' | 'to-moved') => {
      await window.click('section-pose-transform')
      await window.click(`pose-${direction}`)
      return poseInRegister()
    }
    const before = await poseInRegister()
    expect(await through('to-file')).not.toEqual(before)
    expect(await through('to-moved')).toEqual(before)
  })

  it('are applied: the moved CT is written and opened, and the command does the same', async () => {
    expect(await window.text('apply-says')).toContain('The voxels stay as they are')
    expect(await window.text('command')).toContain('isocenter transform apply')
    await window.page.getByTestId('transform-preview').selectOption('ct')
    await window.click('apply')
    await window.shows('apply-facts')
    expect(await window.text('apply-facts')).toContain('header only')
    await window.page.locator('[data-testid=step-transforms][data-status=done]').waitFor()
    // Once written, it is not shown as moved a second time.
    expect(await window.page.getByTestId('preview-note').count()).toBe(0)
    const written = await readdir(join(folder, 'transforms'))
    expect(written).toEqual(
      expect.arrayContaining(['ct_moved.nii.gz', 'ct_moved_labels.nii.gz', 'ct_moved.tfm']),
    )
    const record = await readFile(join(folder, 'transforms', 'ct_moved.provenance.json'), 'utf8')
    expect(JSON.parse(record)).toMatchObject({ operation: 'apply-transform' })
    await photograph(application, 'transforms-applied')
    expect(application.windowErrors).toEqual([])
  })
})
