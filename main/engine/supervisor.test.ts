import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../native-workers/contract/engine-status.js'
import type { LiveEvent, Progress } from '../../native-workers/contract/progress.js'
import { EngineSupervisor, type SupervisorOptions } from './supervisor.js'

let folder = ''
let entry = ''
let running: EngineSupervisor | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter engine ü '))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, '../../native-workers/engine/testing/fake-engine.ts'),
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
    ssr: { noExternal: true },
  })
  entry = join(folder, 'engine.mjs')
})

afterEach(() => running?.stop('The test is over.'))
afterAll(() => rm(folder, { recursive: true, force: true }))

function supervise(options: Partial<SupervisorOptions> = {}): {
  supervisor: EngineSupervisor
  states: string[]
  log: string[]
} {
  const log: string[] = []
  const states: string[] = []
  const supervisor = new EngineSupervisor({
    command: { nodeExecutable: process.execPath, entry },
    log: (line) => log.push(line),
    ...options,
    policy: { delayMs: () => 1, ...options.policy },
  })
  supervisor.onStatus((status) => states.push(status.state))
  supervisor.start()
  running = supervisor
  return { supervisor, states, log }
}

async function reached(supervisor: EngineSupervisor, state: EngineStatus['state']): Promise<EngineStatus> {
  if (supervisor.status.state === state) return supervisor.status
  return new Promise((resolve) => {
    const unsubscribe = supervisor.onStatus((status) => {
      if (status.state !== state) return
      unsubscribe()
      resolve(status)
    })
  })
}

/** Runs `info` on `path`; `started` resolves with its first progress report. */
function runInfo(supervisor: EngineSupervisor, path: string, id = path) {
  const events: LiveEvent[] = []
  const { promise: started, resolve } = withResolvers<Progress>()
  const result = supervisor.run(
    'info',
    { path },
    { id, client: 'test', onProgress: resolve, onEvent: (e) => events.push(e) },
  )
  const failure = result.then(
    () => null,
    (error: unknown) => error,
  )
  return { result, failure, started, events }
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

const training = {
  folder: 'training',
  configuration: {
    subjects: [{ name: 'a', volume: { path: 'a.nii' } }],
    detector: { sddMm: 1000, height: 64, delxMm: 4 },
    sampling: {
      range: {
        r1Deg: [0, 0],
        r2Deg: [0, 0],
        r3Deg: [0, 0],
        txMm: [0, 0],
        tyMm: [800, 800],
        tzMm: [0, 0],
      } satisfies Record<string, [number, number]>,
      batchSize: 1,
    },
    network: { name: 'light' },
    optimisation: { totalIterations: 1, warmupIterations: 0, saveEvery: 1 },
    validation: { every: 1 },
  },
} as const

/** For small scripts that speak the wire's format without the code under test. */
const messageFunction = `function message(value) {
  const json = Buffer.from(JSON.stringify({ value, arrays: [] }))
  const header = Buffer.alloc(5)
  header.writeUInt32LE(json.length)
  return Buffer.concat([header, json])
}`

describe('EngineSupervisor with a real engine process', () => {
  it('becomes ready, answers a job that waited for it, and passes events with their arrays on', async () => {
    const { supervisor, states } = supervise()
    const { result, events } = runInfo(supervisor, 'größe.nii')
    expect(await result).toMatchObject({ title: 'größe.nii' })
    expect(events).toEqual([
      { kind: 'started' },
      { kind: 'picture', picture: { name: 'drr', width: 2, height: 1, pixels: Float32Array.of(0.5, 1) } },
    ])
    expect(states).toEqual(['starting', 'ready'])
    expect(supervisor.status).toMatchObject({ nodeVersion: process.version })
  })

  it('brings a large picture over the pipe unchanged', async () => {
    const { supervisor } = supervise()
    const identity = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => (row === column ? 1 : 0)))
    const { pixels } = await supervisor.run(
      'render-drr',
      {
        volume: { path: 'x' },
        camera: {
          schema: 'isocenter/camera@1',
          frame: 'LPS',
          imageSize: { width: 2048, height: 2048 },
          intrinsics: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          cameraFromWorld: identity,
        },
        worldFromVolume: identity,
      },
      { id: 'r', client: 'test' },
    )
    expect(pixels.length).toBe(2048 * 2048)
    expect(pixels.findIndex((value, index) => value !== index)).toBe(-1)
  })

  it('rejects the job of a killed engine in words, starts again and goes on', async () => {
    const { supervisor, states } = supervise()
    const { failure, started } = runInfo(supervisor, 'wait for cancel')
    await started
    const ready = await reached(supervisor, 'ready')
    if (ready.state !== 'ready') throw new Error('not ready')
    process.kill(ready.pid, 'SIGKILL')
    const error = await failure
    expect(error).toMatchObject({ code: 'engine-lost' })
    expect(String(error)).toMatch(/ended from outside \(SIGKILL\)/)
    expect(await runInfo(supervisor, 'next').result).toMatchObject({ title: 'next' })
    expect(states).toEqual(['starting', 'ready', 'lost', 'restarting', 'ready'])
  })

  it('tells the reason that the engine itself gave', async () => {
    const { supervisor, log } = supervise()
    expect(String(await runInfo(supervisor, 'exit').failure)).toMatch(
      /ended with code 70: fatal: the compute thread broke/,
    )
    expect(log.join('\n')).toMatch(/Error: fatal: the compute thread broke\n\s+at /)
  })

  it('cancels a waiting operation, and one that never yields, over the wire', async () => {
    const { supervisor, states } = supervise()
    for (const path of ['wait for cancel', 'block until cancel']) {
      const { failure, started } = runInfo(supervisor, path)
      await started
      supervisor.cancel(path)
      expect(await failure).toMatchObject({ code: 'cancelled' })
    }
    expect(states).toEqual(['starting', 'ready'])
  })

  it('cancels a job that waits in the queue while another blocks the compute thread', async () => {
    const { supervisor } = supervise()
    const first = runInfo(supervisor, 'block until cancel')
    await first.started
    const second = runInfo(supervisor, 'second')
    supervisor.cancel('second')
    expect(await second.failure).toMatchObject({ code: 'cancelled' })
    supervisor.cancel('block until cancel')
    expect(await first.failure).toMatchObject({ code: 'cancelled' })
  })

  it('answers everything else while a training holds its thread, and cancels that', async () => {
    const { supervisor, states } = supervise()
    const { promise: started, resolve } = withResolvers<Progress>()
    const failure = supervisor
      .run('train', training, { id: 'training', client: 'test', onProgress: resolve })
      .catch((error: unknown) => error)
    await started
    expect(await runInfo(supervisor, 'meanwhile').result).toMatchObject({ title: 'meanwhile' })
    expect(await supervisor.run('release-memory', {}, { id: 'release', client: 'test' })).toEqual({})
    supervisor.cancel('training')
    expect(await failure).toMatchObject({ code: 'cancelled' })
    expect(states).toEqual(['starting', 'ready'])
  })

  it('ends an engine whose operation ignores its cancellation', async () => {
    const { supervisor, states } = supervise({ policy: { cancelGraceMs: 50 } })
    const stuck = runInfo(supervisor, 'block forever')
    await stuck.started
    const bystander = runInfo(supervisor, 'bystander')
    supervisor.cancel('block forever')
    expect(await stuck.failure).toMatchObject({ code: 'cancelled' })
    expect(await bystander.failure).toMatchObject({ code: 'engine-lost' })
    await reached(supervisor, 'ready')
    expect(states).toEqual(['starting', 'ready', 'lost', 'restarting', 'ready'])
  })

  it('brings errors by code; a defect’s stack trace stays in the log', async () => {
    const { supervisor, log } = supervise()
    expect(await runInfo(supervisor, 'user error').failure).toMatchObject({
      code: 'file-truncated',
      message: 'The file ends early.',
      hint: 'Copy it again.',
    })
    const defect = await runInfo(supervisor, 'defect').failure
    expect(defect).not.toHaveProperty('code')
    expect(String(defect)).not.toMatch(/fake-engine|engine\.mjs/)
    expect(log.join('\n')).toMatch(/TypeError: secret is undefined\n\s+at /)
  })

  it('stops after the allowed attempts and rejects the jobs that waited', async () => {
    const broken = join(folder, 'broken.mjs')
    await writeFile(broken, "console.error('cannot load the library'); process.exit(3)")
    const { supervisor, states } = supervise({
      command: { nodeExecutable: process.execPath, entry: broken },
      policy: { maximumAttempts: 2 },
    })
    const { failure } = runInfo(supervisor, 'x')
    expect(String(await failure)).toMatch(/ended with code 3: cannot load the library/)
    expect(states).toEqual(['starting', 'lost', 'restarting', 'lost', 'stopped'])
    expect(await runInfo(supervisor, 'y').failure).toMatchObject({ code: 'engine-lost' })
  })

  it('says that there is no Node to run', async () => {
    const { supervisor } = supervise({
      command: { nodeExecutable: join(folder, 'no node'), entry },
      policy: { maximumAttempts: 1 },
    })
    expect(JSON.stringify(await reached(supervisor, 'stopped'))).toMatch(/The engine could not be started/)
  })

  it.each([
    ['bytes that are no frame', 'Buffer.alloc(16, 0xff)'],
    ['a message outside of the contract', "message({ type: 'gossip' })"],
  ])('ends an engine that sends %s', async (_, expression) => {
    const liar = join(folder, 'liar.mjs')
    await writeFile(
      liar,
      `import { Socket } from 'node:net'
       ${messageFunction}
       new Socket({ fd: 3 }).write(${expression})
       setInterval(() => {}, 1000)`,
    )
    const { supervisor } = supervise({
      command: { nodeExecutable: process.execPath, entry: liar },
      policy: { maximumAttempts: 1 },
    })
    const status = await reached(supervisor, 'stopped')
    expect(status).toEqual({
      state: 'stopped',
      reason: 'The engine sent a message that could not be understood.',
    })
  })

  it('rejects pending jobs when it is stopped', async () => {
    const { supervisor } = supervise()
    const { failure, started } = runInfo(supervisor, 'wait for cancel')
    await started
    supervisor.stop('The program is closing.')
    expect(String(await failure)).toMatch(/The program is closing/)
    expect(supervisor.status.state).toBe('stopped')
  })
})

describe('an engine whose application is killed', () => {
  it('ends too, even in the middle of a computation', async () => {
    const application = join(folder, 'application.mjs')
    await writeFile(
      application,
      `import { spawn } from 'node:child_process'
       ${messageFunction}
       const engine = spawn(process.execPath, [${JSON.stringify(entry)}], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] })
       const request = { type: 'request', id: '1', name: 'info', input: { path: 'block forever' }, client: 'test' }
       engine.stdio[3].write(message(request))
       engine.stdio[3].on('data', (bytes) => {
         if (bytes.includes('"blocking"')) process.kill(process.pid, 'SIGKILL')
       })`,
    )
    const child = spawn(process.execPath, [application], { stdio: ['ignore', 'pipe', 'inherit'] })
    // The engine inherited this pipe, so that it closes only when both processes are gone.
    child.stdout.resume()
    await Promise.all([once(child.stdout, 'close'), once(child, 'exit')])
    expect(child.signalCode).toBe('SIGKILL')
  })
})
