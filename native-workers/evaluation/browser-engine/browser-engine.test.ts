import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserJob } from '../../contract/files/browser-job.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { findBrowserEngine } from './find-browser-engine.js'
import { runBrowserJob } from './run-browser-job.js'

const folder = temporaryFolder({ beforeAll, afterAll })

describe('findBrowserEngine', () => {
  const search = {
    environment: {},
    platform: 'linux',
    isRoot: false,
    modulePath: '/a/out/engine/cli.js',
  } as const

  it('takes the Electron that is named, and starts it without a display', () => {
    const environment = { ISOCENTER_ELECTRON: process.execPath, ISOCENTER_ELECTRON_APP: '/a' }
    expect(findBrowserEngine({ ...search, environment, isRoot: true })).toEqual({
      executable: process.execPath,
      switches: ['--no-sandbox', '--ozone-platform=headless', '/a'],
    })
    expect(findBrowserEngine({ ...search, environment, platform: 'darwin' })?.switches).toEqual(['/a'])
  })

  it('takes the packaged application that the engine belongs to', async () => {
    await writeFile(folder.file('isocenter'), '')
    const modulePath = folder.file('resources/app.asar.unpacked/out/engine/cli.js')
    expect(findBrowserEngine({ ...search, modulePath })?.executable).toBe(folder.file('isocenter'))
  })

  it('finds none where there is none', () => {
    expect(findBrowserEngine(search)).toBeNull()
    expect(findBrowserEngine({ ...search, environment: { ISOCENTER_ELECTRON: '/nowhere' } })).toBeNull()
  })
})

describe('runBrowserJob', () => {
  const job: BrowserJob = {
    kind: 'photograph',
    background: 'dark',
    pagePath: 'page.html',
    size: { width: 64, height: 64 },
    outputPath: 'page.png',
  }

  /** A Node program in place of Electron: it is started in the same way. */
  async function standIn(name: string, program: string) {
    const path = folder.file(`${name}.mjs`)
    const prelude = `
      import { readFileSync, writeFileSync } from 'node:fs'
      import { dirname, join } from 'node:path'
      const jobPath = process.argv.find((argument) => argument.startsWith('--browser-job=')).slice(14)
      const job = JSON.parse(readFileSync(jobPath, 'utf8'))
      const report = (value) => writeFileSync(join(dirname(jobPath), 'report.json'), JSON.stringify(value))
    `
    await writeFile(path, prelude + program)
    return { executable: process.execPath, switches: [path] }
  }

  const run = (engine: Parameters<typeof runBrowserJob>[0], signal = new AbortController().signal) => {
    const heard: number[] = []
    return runBrowserJob(engine, job, { signal, onProgress: (fraction) => heard.push(fraction) }).then(
      (report) => ({ report, heard }),
    )
  }

  it('hands over the job, hears of its progress and returns the report', async () => {
    const engine = await standIn('good', `console.log('progress 0.5'); report({ ok: true, codec: job.kind })`)
    expect(await run(engine)).toEqual({ report: { ok: true, codec: 'photograph' }, heard: [0.5] })
  })

  it('tells why the job failed, or why nothing was reported', async () => {
    const failing = await standIn('failing', `report({ ok: false, message: 'No codec.' }); process.exit(1)`)
    await expect(run(failing)).rejects.toMatchObject({ code: 'runtime-missing' })
    await expect(run(failing)).rejects.toThrow('No codec.')
    const crashing = await standIn('crashing', `throw new Error('crashed at once')`)
    await expect(run(crashing)).rejects.toThrow('crashed at once')
    await expect(run({ executable: '/nowhere/electron', switches: [] })).rejects.toThrow('ENOENT')
  })

  it('ends the process when cancelled, and leaves no folder', async () => {
    const controller = new AbortController()
    const engine = await standIn('endless', `console.log('progress 0'); setInterval(() => {}, 1000)`)
    const left = () =>
      readdir(tmpdir()).then((names) => names.filter((name) => name.startsWith('isocenter-browser-')))
    const before = await left()
    const running = runBrowserJob(engine, job, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const after = await left()
    expect(after.filter((name) => !before.includes(name))).toEqual([])
  })
})
