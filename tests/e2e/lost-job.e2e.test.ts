import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'

let application: RunningApplication

beforeAll(async () => {
  application = await launchApplication()
})
afterAll(() => application.close())

describe('a job whose engine is killed', () => {
  it('ends in words; the same job then succeeds, and the window can fetch its display copy', async () => {
    const { window } = application
    const path = await window.evaluate(async () => {
      const sample = await globalThis.window.isocenter.openSample()
      if (!sample.ok) throw new Error(sample.error.message)
      return sample.output.files.volume
    })
    const lost = await window.evaluate(
      (volume) =>
        globalThis.window.isocenter.run(
          'open-volume',
          { volume: { path: volume } },
          { onProgress: () => void globalThis.window.isocenter.killEngineForTest?.() },
        ).promise,
      path,
    )
    expect(lost).toMatchObject({ ok: false, error: { code: 'engine-lost' } })
    const copy = await window.evaluate(async (volume) => {
      const opened = await globalThis.window.isocenter.run('open-volume', { volume: { path: volume } })
        .promise
      if (!opened.ok) throw new Error(opened.error.message)
      const { file, grid } = opened.output.display
      const response = await fetch(globalThis.window.isocenter.volumeUrl(file))
      return { voxels: grid.size.reduce((a, b) => a * b), bytes: (await response.arrayBuffer()).byteLength }
    }, path)
    expect(copy.bytes).toBe(copy.voxels * 2)
  })
})
