import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'
import { Workstation } from './workstation.js'

let application: RunningApplication
let window: Workstation

beforeAll(async () => {
  application = await launchApplication()
  window = new Workstation(application.window)
  await window.openSample()
})
afterAll(() => application.close())

describe('a registration that does not come to its end', () => {
  it('is cancelled by the button; pose and earlier result stay', async () => {
    await window.startRegistration()
    expect(await window.verdict()).toBe('good')
    const pose = await window.pose()
    const facts = await window.text('result')

    await window.startRegistration()
    await window.click('cancel')
    await window.shows('cancelled')
    expect(await window.pose()).toEqual(pose)
    expect(await window.text('result')).toBe(facts)
  })

  it('is told when the engine is killed under it; the engine returns, and the same registration succeeds', async () => {
    await window.type('x', 20)
    const pose = await window.pose()
    await window.startRegistration()
    await window.page.evaluate(() => globalThis.window.isocenter.killEngineForTest?.())
    await window.shows('message-error')
    expect(await window.text('message-error')).toContain('did not finish')
    await window.engineIsReady()
    expect(await window.text('engine-banner')).toContain('has been restarted')
    expect(await window.text('volume-name')).toBe('ct.nii.gz')
    expect(await window.pose()).toEqual(pose)

    await window.startRegistration()
    expect(await window.verdict()).toBe('good')
    expect(await window.sampleErrorMm()).toBeLessThan(1)
    expect(await window.page.getByTestId('engine-banner').count()).toBe(0)
    await window.drrRests()
  })
})
