import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepName, StepStatus } from '../../renderer/workflow/step-names.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter prepared ü '))
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
  await application.answerDialogs({ 'save-folder': [folder] })
})
afterAll(async () => {
  await application.close()
  await rm(folder, { recursive: true, force: true })
})

const statusIs = (step: StepName, status: StepStatus): Promise<void> =>
  window.page.locator(`[data-testid=step-${step}][data-status=${status}]`).waitFor()

async function fill(testId: string, value: string): Promise<void> {
  const input = window.page.getByTestId(testId)
  await input.fill(value)
  await input.press('Enter')
}

/** The command that a panel shows, as a shell runs it; it prints what it did. */
async function shownCommand(): Promise<() => Promise<string>> {
  const command = await window.text('command')
  const cli = join(import.meta.dirname, '../../native-workers/cli/isocenter.mjs')
  const words = command.replace(/^isocenter/, `'${process.execPath}' '${cli}'`)
  return async () => (await promisify(execFile)('sh', ['-c', words])).stdout
}

describe('the preparation steps in the window', () => {
  it('say what is missing before they can run', async () => {
    await window.click('step-clean')
    await photograph(application, 'clean-before')
    expect(await window.page.getByTestId('apply').isDisabled()).toBe(true)
    expect(await window.text('apply-missing')).toBe('An output folder is missing.')
    await window.click('output-folder')
    await window.page.getByTestId('command').waitFor()
    expect(await window.page.getByTestId('apply').isDisabled()).toBe(false)
    await window.click('step-crop')
    expect(await window.text('apply-missing')).toBe('A structure to cut out is missing.')
    await window.click('step-coregister')
    expect(await window.text('apply-missing')).toBe('A reference CT is missing.')
    await photograph(application, 'coregister-before')
  })

  it('clean the label map, which is worked on from then on; the command does the same', async () => {
    await window.click('step-clean')
    const runCommand = await shownCommand()
    await window.click('apply')
    await window.shows('clean-table')
    await statusIs('clean', 'done')
    await window.page.getByTestId('show-result').getByText('Use as label map').waitFor()
    await expect.poll(() => window.page.getByTestId('show-result').isDisabled()).toBe(true)
    expect(await window.text('input-labels')).toBe('labels.nii.gz')
    expect(await readdir(join(folder, 'clean'))).toContain('labels_cleaned.nii.gz')
    await photograph(application, 'clean-after')
    expect(await runCommand()).toContain('up to date')
  })

  it('crop a structure with a preset, show it, and know when their settings have changed', async () => {
    await window.click('step-crop')
    await window.page.getByTestId('structure-pick').selectOption('1')
    // The cleaned map has no names file beside it, but keeps the names of the one that it was made from.
    expect(await window.page.getByTestId('structure-name-0').inputValue()).toBe('sacrum')
    expect(await window.page.getByTestId('structure-labels-0').inputValue()).toBe('1')
    await window.page.getByTestId('anatomy').selectOption('pelvis')
    expect(await window.page.getByTestId('padding').inputValue()).toBe('10.0')
    await photograph(application, 'crop-before')
    const runCommand = await shownCommand()
    await window.click('apply')
    await window.shows('crop-result')
    await expect.poll(() => window.page.getByTestId('show-result').isDisabled()).toBe(true)
    await statusIs('crop', 'done')
    // Applied again, the step starts from the same CT, not from its own crop.
    expect(await window.text('input-volume')).toBe('ct.nii.gz')
    expect(await window.text('input-labels')).toBe('labels_cleaned.nii.gz')
    await statusIs('clean', 'done')
    await photograph(application, 'crop-after')
    expect(await runCommand()).toContain('up to date')

    await fill('padding', '12')
    await statusIs('crop', 'out-of-date')
    await fill('padding', '10')
    await statusIs('crop', 'done')
  })

  it('make the CT isotropic; doing it again finds it done, and what another wrote is replaced on demand', async () => {
    await window.click('step-isotropic')
    expect(await window.text('input-volume')).toBe('ct_sacrum.nii.gz')
    expect(await window.text('input-labels')).toBe('ct_sacrum_labels.nii.gz')
    await window.page.getByTestId('anatomy').selectOption('spine')
    await window.click('section-advanced')
    await window.click('show-after')
    await photograph(application, 'isotropic-before')
    await window.click('apply')
    await window.shows('isotropic-facts')
    await statusIs('isotropic', 'done')
    expect(await window.text('isotropic-facts')).toContain('0.8 × 0.8 × 0.8 mm')
    expect(await (await shownCommand())()).toContain('up to date')
    await photograph(application, 'isotropic-after')
    await window.click('apply')
    await window.shows('up-to-date')

    await appendFile(join(folder, 'isotropic', 'ct_sacrum_isotropic.nii.gz'), 'edited')
    await window.click('apply')
    await window.shows('step-failed')
    await statusIs('isotropic', 'failed')
    await photograph(application, 'isotropic-refused')
    await window.click('replace')
    await window.shows('isotropic-facts')
    await window.click('show-result')
    await window.click('step-data')
    await window.page.getByTestId('volume-name').getByText('ct_sacrum_isotropic.nii.gz').waitFor()
    await statusIs('crop', 'done')
  })

  it('bring a CT onto a reference, cancelled first', async () => {
    await application.answerDialogs({ 'volume-file': [join(folder, 'crop', 'ct_sacrum.nii.gz')] })
    await window.click('step-coregister')
    await window.click('reference-volume-file')
    await window.click('apply')
    await window.click('step-cancel')
    await window.shows('step-cancelled')
    await statusIs('coregister', 'not-started')
    await window.click('apply')
    await window.shows('converged')
    expect(await (await shownCommand())()).toContain('up to date')
    await photograph(application, 'coregister-after')
    expect(application.windowErrors).toEqual([])
  })
})
