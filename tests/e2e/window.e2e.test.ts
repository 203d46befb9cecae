import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../native-workers/contract/engine-status.js'
import { launchApplication, type RunningApplication } from './launch.js'

let application: RunningApplication

beforeAll(async () => {
  application = await launchApplication()
})
afterAll(() => application.close())

describe('the window on the real Electron', () => {
  it('opens, with the engine ready on stock Node', async () => {
    const { app, window } = application
    expect(window.url()).toBe('isocenter://app/index.html')
    expect(await window.title()).toMatch(/Isocenter/)
    const status = await application.engineReaches('ready')
    expect(status.nodeVersion).toBe(process.version)
    expect(
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible())),
    ).toEqual([true])
  })

  it('has a sandboxed page without Node, in a secure origin', async () => {
    const seen = await application.window.evaluate(() => ({
      node: 'require' in globalThis || 'process' in globalThis,
      isSecure: globalThis.isSecureContext,
      origin: globalThis.origin,
    }))
    expect(seen).toEqual({ node: false, isSecure: true, origin: 'isocenter://app' })
  })

  it('lets the page inject no script and reach no network, file or other window', async () => {
    const { app, window } = application
    const seen = await window.evaluate(async () => {
      const reaches = (url: string): Promise<boolean> =>
        fetch(url).then(
          (response) => response.ok,
          () => false,
        )
      const violated = new Set<string>()
      document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'globalThis.injected = true'
      document.head.append(script)
      return {
        injected: 'injected' in globalThis,
        network: await reaches('https://example.org/'),
        file: await reaches('file:///etc/hostname'),
        outsideOfSession: await reaches(globalThis.window.isocenter.volumeUrl('/etc/hostname')),
        outsideOfBundle: await reaches('isocenter://app/..%2Fmain%2Findex.js'),
        otherWindow: globalThis.window.open('https://example.org/') !== null,
        violated: [...violated].sort(),
      }
    })
    expect(seen).toEqual({
      injected: false,
      network: false,
      file: false,
      outsideOfSession: false,
      outsideOfBundle: false,
      otherWindow: false,
      violated: ['connect-src', 'script-src-elem'],
    })
    const refused = await app.evaluate(({ net }) =>
      net.fetch('https://example.org/').then(
        () => 'reached',
        (error: unknown) => String(error),
      ),
    )
    expect(refused).toMatch(/ERR_BLOCKED_BY_CLIENT/)
    expect(window.url()).toBe('isocenter://app/index.html')
  })

  it('refuses a path that the person did not choose, and an invalid request, in words', async () => {
    const outcomes = await application.window.evaluate(() =>
      Promise.all([
        globalThis.window.isocenter.run('info', { path: '/etc/hostname' }).promise,
        globalThis.window.isocenter.run('info', { path: '' }).promise,
        globalThis.window.isocenter.run('phantom', { folder: '/tmp' }).promise,
      ]),
    )
    expect(outcomes).toMatchObject([
      {
        ok: false,
        error: { code: 'input-invalid', message: '"/etc/hostname" was not opened in this window.' },
      },
      { ok: false, error: { code: 'input-invalid' } },
      { ok: false, error: { code: 'output-unwritable' } },
    ])
  })

  it('tells that the engine was killed, and has it ready again', async () => {
    const before = await application.engineReaches('ready')
    const seen = await application.window.evaluate(
      () =>
        new Promise<EngineStatus[]>((resolve) => {
          const statuses: EngineStatus[] = []
          globalThis.window.isocenter.onEngineStatus((status) => {
            statuses.push(status)
            if (statuses.length > 1 && status.state === 'ready') resolve(statuses)
          })
          void globalThis.window.isocenter.killEngineForTest?.()
        }),
    )
    expect(seen.map(({ state }) => state)).toEqual(['ready', 'lost', 'restarting', 'ready'])
    expect(seen[1]).toMatchObject({ reason: expect.stringContaining('SIGKILL') as string })
    const after = await application.engineReaches('ready')
    expect(after.pid).not.toBe(before.pid)
  })
})
