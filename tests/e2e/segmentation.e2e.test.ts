import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

/** Under load an edit may take long; nothing is asserted about how long. */
const patience = { timeout: 60_000 }
let application: RunningApplication
let window: Workstation
let folder = ''
let savedVolume = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter labels ü '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await window.click('step-segment')
  await window.page.getByTestId('edit-map').getByText('labels.nii.gz').waitFor()
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

/** The edits that can be undone and redone, once nothing is under way. */
async function historyIs(undo: number, redo: number): Promise<void> {
  const note = window.page.getByTestId('edit-note')
  await expect
    .poll(
      async () => [
        await note.getAttribute('data-undo'),
        await note.getAttribute('data-redo'),
        await note.getAttribute('data-work'),
      ],
      patience,
    )
    .toEqual([String(undo), String(redo), 'idle'])
}

async function changedVoxels(): Promise<number> {
  const note = await window.text('edit-note')
  return Number(/([\d,]+) voxels/.exec(note)?.[1]?.replaceAll(',', '') ?? NaN)
}

async function type(testId: string, value: number): Promise<void> {
  const input = window.page.getByTestId(testId)
  await input.fill(String(value))
  await input.press('Enter')
}

/** Drags across a view, from and to shares of its width and height; straight, or around three sides. */
async function drag(
  view: string,
  from: readonly [number, number],
  to: readonly [number, number],
  isAround = false,
) {
  const box = await window.page.getByTestId(`${view}-canvas`).boundingBox()
  if (box === null) throw new Error('The view is not on the screen.')
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  await window.page.mouse.move(...at(from))
  await window.page.mouse.down()
  if (isAround) await window.page.mouse.move(...at([to[0], from[1]]), { steps: 4 })
  await window.page.mouse.move(...at(to), { steps: 8 })
  if (isAround) await window.page.mouse.move(...at([from[0], to[1]]), { steps: 4 })
  await window.page.mouse.up()
}

/** Every pixel of the view, as one number. */
function fingerprint(view: string): Promise<number> {
  return window.page.getByTestId(`${view}-canvas`).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? []
    let sum = 0
    for (const value of data) sum = (sum * 31 + value) % 1_000_000_007
    return sum
  })
}

describe('editing labels', () => {
  it('says what is missing before there is something to do', async () => {
    expect(await window.page.getByTestId('edit-undo').isDisabled()).toBe(true)
    expect(await window.page.getByTestId('labels-save').isDisabled()).toBe(true)
    await application.answerDialogs({ 'save-folder': [folder] })
    await window.click('output-folder')
    await expect.poll(() => window.text('save-note'), patience).toContain('Nothing has changed')
  })

  it('paints a new label in a slice, and takes it back and again', async () => {
    const before = await fingerprint('coronal')
    await window.click('new-label')
    expect(await window.page.getByTestId('active-label').inputValue()).toBe('13')
    await type('brush-diameter', 24)
    await window.page.getByTestId('brush-shape').selectOption('sphere')
    await window.page.getByTestId('edit-area').selectOption('everywhere')
    await window.click('tool-paint')
    await drag('axial', [0.4, 0.5], [0.6, 0.5])
    await historyIs(1, 0)
    expect(await changedVoxels()).toBeGreaterThan(100)
    const painted = await fingerprint('coronal')
    expect(painted).not.toBe(before)
    await window.click('edit-undo')
    await historyIs(0, 1)
    await expect.poll(() => fingerprint('coronal'), patience).toBe(before)
    await window.page.keyboard.press('Control+Shift+Z')
    await historyIs(1, 0)
    await expect.poll(() => fingerprint('coronal'), patience).toBe(painted)
    await photograph(application, 'painted')
  })

  it('erases only the label in hand when others are spared', async () => {
    await window.page.getByTestId('edit-area').selectOption('spare')
    await window.click('tool-erase')
    await drag('axial', [0.58, 0.5], [0.6, 0.5])
    await historyIs(2, 0)
    const erased = await changedVoxels()
    expect(erased).toBeGreaterThan(0)
    await drag('axial', [0.58, 0.5], [0.6, 0.5])
    await historyIs(2, 0)
    await window.click('tool-erase')
  })

  it('shows a threshold before it is applied', async () => {
    const before = await fingerprint('axial')
    await type('threshold-low', 150)
    await type('threshold-high', 3000)
    await expect.poll(() => fingerprint('axial'), patience).not.toBe(before)
    await window.page.getByTestId('threshold-scope').selectOption('box')
    await type('threshold-box', 120)
    await photograph(application, 'threshold')
    await window.page.getByTestId('threshold-replaces').check()
    await window.click('threshold-apply')
    await historyIs(3, 0)
    expect(await changedVoxels()).toBeGreaterThan(100)
  })

  it('keeps the largest island, grows and relabels', async () => {
    await window.click('island-largest')
    await expect.poll(() => window.text('edit-note'), patience).toContain('Islands:')
    await historyIs(4, 0)
    expect(await changedVoxels()).toBeGreaterThan(0)
    await window.click('margin-grow')
    await expect.poll(() => window.text('edit-note'), patience).toContain('Margin:')
    expect(await changedVoxels()).toBeGreaterThan(0)
    await type('relabel-number', 40)
    await window.click('relabel-change')
    await expect.poll(() => window.page.getByTestId('active-label').inputValue(), patience).toBe('40')
  })

  it('cuts with scissors, fills with them, and takes both back', async () => {
    await window.page.getByTestId('edit-area').selectOption('everywhere')
    await window.click('tool-scissors')
    await drag('coronal', [0.35, 0.35], [0.65, 0.65], true)
    await expect.poll(() => window.text('edit-note'), patience).toContain('Scissors:')
    expect(await changedVoxels()).toBeGreaterThan(1000)
    await photograph(application, 'scissors')
    const cut = await fingerprint('coronal')
    await window.page.getByTestId('scissors-shape').selectOption('rectangle')
    await window.page.getByTestId('scissors-action').selectOption('fill-inside')
    await window.page.getByTestId('scissors-depth').selectOption('slab')
    await drag('coronal', [0.45, 0.45], [0.55, 0.55])
    await expect.poll(() => fingerprint('coronal'), patience).not.toBe(cut)
    await window.click('edit-undo')
    await expect.poll(() => fingerprint('coronal'), patience).toBe(cut)
    await window.click('edit-undo')
    await expect.poll(() => fingerprint('coronal'), patience).not.toBe(cut)
    await window.click('tool-scissors')
  })

  it('takes a label out of another map, named and combined', async () => {
    const path = await window.page.getByTestId('edit-map').getAttribute('title')
    expect(await window.page.getByTestId('logic-intersection').isDisabled()).toBe(true)
    await application.answerDialogs({ labels: [path ?? ''], 'save-folder': [folder] })
    await window.click('logic-map')
    await window.page.getByTestId('logic-label').selectOption('5')
    await window.click('new-label')
    await window.click('logic-union')
    await expect.poll(() => window.text('edit-note'), patience).toContain('Label logic:')
    expect(await changedVoxels()).toBeGreaterThan(1000)
    await window.page.getByTestId('label-name').fill('copied vertebra')
    await window.page.getByTestId('label-name').press('Enter')
    await expect
      .poll(() => window.page.getByTestId('active-label').locator('option:checked').innerText(), patience)
      .toContain('copied vertebra')
    await window.page.getByTestId('label-name').blur()
    await window.page.keyboard.press('Control+z')
    await window.page.keyboard.press('Control+z')
    await expect.poll(() => window.text('edit-note'), patience).toContain('Undo:')
  })

  it('saves a new map that opens again with the change', async () => {
    await window.click('labels-save')
    await expect.poll(() => window.text('save-note'), patience).toContain('Saved as labels-edited.nii.gz')
    await photograph(application, 'saved')
    const path = join(folder, 'labels', 'labels-edited.nii.gz')
    expect((await stat(path)).size).toBeGreaterThan(0)
    await stat(`${path}.provenance.json`)
    await window.click('step-data')
    await expect.poll(() => window.text('label-map-name'), patience).toBe('labels-edited.nii.gz')
    savedVolume = await window.text('label-40')
    await window.click('labels-close')
    await application.answerDialogs({ labels: [path] })
    await window.click('open-labels')
    await expect.poll(() => window.text('label-map-name'), patience).toBe('labels-edited.nii.gz')
    expect(await window.text('label-40')).toBe(savedVolume)
    expect(await window.text('label-3-centre')).toBe('vertebra L4')
    expect(application.windowErrors).toEqual([])
  })
})
