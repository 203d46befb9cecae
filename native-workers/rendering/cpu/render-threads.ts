import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { type Pointer, SharedArena } from './shared-arena.js'

const stackBytes = 65536
const controlBytes = 40
const generationWord = 2
const quitWord = 4

/** What a round of work does; the numbers of pool.c. */
export const task = { render: 0, cells: 1, windows: 2, batch: 3 } as const
export type Task = (typeof task)[keyof typeof task]

interface KernelExports {
  readonly runRound: (
    control: Pointer,
    helpers: number,
    what: Task,
    jobs: Pointer,
    comparisons: Pointer,
    itemCount: number,
    itemsPerUnit: number,
  ) => void
  readonly totalMoments: (comparison: Pointer, out: Pointer) => void
}

let compiled: Promise<WebAssembly.Module> | undefined

function kernelModule(): Promise<WebAssembly.Module> {
  compiled ??= readFile(new URL('./kernel.wasm', import.meta.url)).then((bytes) => WebAssembly.compile(bytes))
  return compiled
}

/**
 * The kernel on the calling thread plus helper threads over one shared memory. Rounds are synchronous: the caller
 * works too and returns when all items are done; helpers sleep in between and never keep the process alive.
 */
export class RenderThreads {
  #workers: readonly Worker[] = []

  private constructor(
    readonly arena: SharedArena,
    private readonly kernel: KernelExports,
    private readonly control: Pointer,
  ) {}

  /** @param threads the caller's included */
  static async start(threads: number, expectedBytes: number): Promise<RenderThreads> {
    const module = await kernelModule()
    const arena = new SharedArena(expectedBytes + threads * stackBytes, firstFreeAddress)
    const instance = await WebAssembly.instantiate(module, { env: { memory: arena.memory } })
    const control = arena.allocate(controlBytes)
    const started = new RenderThreads(arena, checkedExports(instance.exports), control)
    const helpers = Array.from({ length: threads - 1 }, () =>
      startHelper({
        module,
        memory: arena.memory,
        control,
        stackTop: arena.allocate(stackBytes) + stackBytes,
      }),
    )
    started.#workers = await Promise.all(helpers)
    return started
  }

  get threads(): number {
    return this.#workers.length + 1
  }

  run(what: Task, jobs: Pointer, comparisons: Pointer, itemCount: number, itemsPerUnit: number): void {
    this.kernel.runRound(this.control, this.#workers.length, what, jobs, comparisons, itemCount, itemsPerUnit)
  }

  /** [n, sum, sum of squares] of the compared picture over a comparison's cells. */
  totalMoments(comparison: Pointer): readonly [number, number, number] {
    const mark = this.arena.mark()
    const out = this.arena.allocate(24)
    this.kernel.totalMoments(comparison, out)
    const [count, sum, squares] = this.arena.doubles(out, 3)
    this.arena.release(mark)
    return [count, sum, squares]
  }

  /** Ends the helper threads; the memory goes with the last reference to it. */
  dispose(): void {
    const words = this.arena.words(this.control, controlBytes / 4)
    Atomics.store(words, quitWord, 1)
    Atomics.notify(words, generationWord)
    this.#workers = []
  }
}

/** After the kernel's static data and its first stack (see build-kernel.mjs). */
const firstFreeAddress = 2 * 65536 + 65536

function checkedExports(exports: WebAssembly.Exports): KernelExports {
  const { run_round: runRound, total_moments: totalMoments, __heap_base: heapBase } = exports
  if (
    typeof runRound !== 'function' ||
    typeof totalMoments !== 'function' ||
    !(heapBase instanceof WebAssembly.Global) ||
    Number(heapBase.value) > firstFreeAddress
  ) {
    throw new Error('kernel.wasm does not have the layout that the renderer expects; run npm run kernel.')
  }
  return {
    runRound: (...numbers) => {
      Reflect.apply(runRound, undefined, numbers)
    },
    totalMoments: (...numbers) => {
      Reflect.apply(totalMoments, undefined, numbers)
    },
  }
}

function startHelper(workerData: object): Promise<Worker> {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      worker.unref()
      resolve(worker)
    })
  })
}
