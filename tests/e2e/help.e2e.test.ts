import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './accessibility.js'
import { launchApplication, type RunningApplication } from './launch.js'
import { photograph } from './photograph.js'
import { Workstation } from './workstation.js'

let userData: string
let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  userData = await mkdtemp(join(tmpdir(), 'isocenter help '))
  await start()
})
afterAll(async () => {
  await application.close()
  await rm(userData, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<void> {
  application = await launchApplication([], userData)
  window = new Workstation(application.window)
  await window.engineIsReady()
}

const faults = (): Promise<readonly string[]> => accessibilityFaults(window.page)

function clipboard(): Promise<string> {
  return application.app.evaluate(({ clipboard: system }) => system.readText())
}

describe('the help', () => {
  it('opens by F1, and by its button; its tabs go by arrow keys', async () => {
    const { page } = window
    await page.keyboard.press('F1')
    await window.shows('help-shortcuts')
    await photograph(application, 'help-shortcuts')
    await page.getByTestId('help-tab-shortcuts').focus()
    for (const tab of ['steps', 'units', 'log', 'about', 'shortcuts'] as const) {
      await page.keyboard.press('ArrowRight')
      await window.shows(`help-${tab}`)
      await photograph(application, `help-${tab}`)
      expect(await faults()).toEqual([])
    }
    await page.keyboard.press('Escape')
    await page.getByTestId('help-dialog').waitFor({ state: 'hidden' })
    await window.click('help')
    await window.shows('help-dialog')
    await window.click('close-help')
    await page.getByTestId('help-dialog').waitFor({ state: 'hidden' })
  })

  it('tells versions, graphics and licences', async () => {
    await window.click('help')
    await window.click('help-tab-about')
    const facts = await window.text('program-facts')
    expect(facts).toContain(process.version)
    expect(facts).toMatch(/Electron\s+\d+\./)
    await window.page.getByTestId('filter-licences').fill('vtk')
    expect(await window.text('licences')).toMatch(/@kitware\/vtk\.js [\d.]+\s+BSD-3-Clause/)
    await window.click('close-help')
  })

  it('shows the log, and copies a problem report that names no path', async () => {
    const info = await window.page.evaluate(() => globalThis.window.isocenter.appInfo())
    await window.page.evaluate(async () => {
      // Refused, and written to the log with its path.
      await globalThis.window.isocenter.showInFolder('/tmp/Doe John/ct.nii.gz').catch(() => undefined)
    })
    await window.click('help')
    await window.click('help-tab-log')
    await window.page.getByTestId('log-lines').getByText('engine:').waitFor()
    await window.page.getByTestId('filter-log').fill('no such line')
    expect(await window.text('log-count')).toMatch(/^0 of \d+ lines$/)
    await window.page.getByTestId('filter-log').fill('')
    await window.click('copy-report')
    await window.page.getByTestId('copy-report').getByText('Report copied').waitFor()
    const report = await clipboard()
    expect(report).toContain(`Engine’s Node: ${process.version}`)
    expect(report).toContain('engine:')
    expect(report).not.toContain('Doe')
    expect(report).not.toContain(info.logFile)
    expect(report).not.toContain(userData)
    await window.click('close-help')
  })
})

describe('the window without a mouse, for eyes and screen readers', () => {
  it('has no serious fault on the start page, in either theme', async () => {
    await photograph(application, 'start-dark')
    expect(await faults()).toEqual([])
    await window.click('settings')
    await window.page.getByTestId('setting-theme').selectOption('light')
    await photograph(application, 'settings-light')
    expect(await faults()).toEqual([])
    await window.click('close-settings')
    await window.page.getByTestId('settings-dialog').waitFor({ state: 'hidden' })
    await photograph(application, 'start-light')
    expect(await faults()).toEqual([])
  })

  it('comes back in the theme and size that were chosen', async () => {
    await window.page.keyboard.press('Control+=')
    await expect.poll(() => window.page.evaluate(() => globalThis.devicePixelRatio)).toBeCloseTo(1.1, 2)
    await application.close()
    await start()
    expect(await window.page.locator('html').getAttribute('data-theme')).toBe('light')
    await expect.poll(() => window.page.evaluate(() => globalThis.devicePixelRatio)).toBeCloseTo(1.1, 2)
    await window.page.keyboard.press('Control+0')
    await expect.poll(() => window.page.evaluate(() => globalThis.devicePixelRatio)).toBeCloseTo(1, 2)
  })

  it('has none at any step of the sample, in either theme', async () => {
    await window.openSample()
    const steps = await window.page
      .locator('[data-testid^=step-]')
      .evaluateAll((buttons) =>
        buttons.flatMap((button) => (button instanceof HTMLElement ? [button.dataset['testid'] ?? ''] : [])),
      )
    expect(steps.length).toBeGreaterThan(5)
    const found: string[] = []
    for (const theme of ['light', 'dark'] as const) {
      await window.click('settings')
      await window.page.getByTestId('setting-theme').selectOption(theme)
      await window.click('close-settings')
      await window.page.getByTestId('settings-dialog').waitFor({ state: 'hidden' })
      for (const step of steps) {
        await window.click(step)
        await photograph(application, `${step}-${theme}`)
        found.push(...(await faults()).map((fault) => `${step}, ${theme}: ${fault}`))
      }
    }
    expect(found).toEqual([])
  })

  it('is gone through by the Tab key, with a ring around what has the focus', async () => {
    const { page } = window
    await page.getByTestId('project-menu').focus()
    const seen: string[] = []
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        if (!(element instanceof HTMLElement) || element === document.body) return null
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        const name = element.dataset['testid'] ?? element.getAttribute('aria-label') ?? element.className
        return { name, ringed: outlineStyle !== 'none' && outlineWidth !== '0px' }
      })
      if (focused === null) continue
      expect(focused).toEqual({ name: focused.name, ringed: true })
      seen.push(focused.name)
    }
    expect(seen).toEqual(expect.arrayContaining(['open-volume', 'settings', 'help', 'step-data']))
    expect(application.windowErrors).toEqual([])
  })
})
