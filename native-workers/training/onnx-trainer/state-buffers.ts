import { nextName, stateNames } from '../graph/training-graph.js'
import { type NamedArray, type TrainerState } from '../trainer.js'
import { floatTensor, type FloatTensor } from '../runtime/onnx-runtime.js'

type Kind = 'parameter' | 'firstMoment' | 'secondMoment' | 'gathered'

interface Slot {
  readonly name: string
  readonly kind: Kind
  readonly shape: readonly number[]
  current: FloatTensor
  /** Where the next value is written; null where the runtime allocates it on its device. */
  spare: FloatTensor | null
}

/**
 * A network's parameters and moments as a training session takes and gives them. In the computer's own memory every
 * tensor has two arrays that are read and written in turn: nothing is allocated or copied from step to step, and a
 * step that failed is undone by not turning. On a device the session's outputs become its next inputs.
 */
export class StateBuffers {
  readonly #slots: Slot[] = []
  #updates = 0

  private constructor(private readonly isOnDevice: boolean) {}

  static async create(state: TrainerState, isOnDevice: boolean): Promise<StateBuffers> {
    const buffers = new StateBuffers(isOnDevice)
    buffers.#updates = state.updates
    for (const [index, { name, shape, values }] of state.parameters.entries()) {
      const names = stateNames(name)
      await buffers.#add(names.parameter, 'parameter', shape, values)
      await buffers.#add(names.firstMoment, 'firstMoment', shape, state.firstMoments[index].values)
      await buffers.#add(names.secondMoment, 'secondMoment', shape, state.secondMoments[index].values)
    }
    return buffers
  }

  /** Makes room for gradients of several batches, which a training without them does not pay for. */
  async addGathered(): Promise<void> {
    if (this.#slots.some(({ kind }) => kind === 'gathered')) return
    for (const { name, shape, kind, current } of [...this.#slots]) {
      if (kind !== 'parameter') continue
      await this.#add(stateNames(name).gathered, 'gathered', shape, new Float32Array(current.size))
    }
  }

  get updates(): number {
    return this.#updates
  }

  /** Those of the state's tensors that a session asks for. */
  inputs(names: readonly string[]): Record<string, FloatTensor> {
    const wanted = new Set(names)
    return Object.fromEntries(
      this.#slots.filter(({ name }) => wanted.has(name)).map(({ name, current }) => [name, current]),
    )
  }

  /** Where a session's next values go. */
  destinations(): Record<string, FloatTensor> {
    return Object.fromEntries(
      this.#slots.flatMap(({ name, spare }) => (spare === null ? [] : [[nextName(name), spare] as const])),
    )
  }

  /** Takes over what a session gave. */
  advance(outputs: Readonly<Record<string, FloatTensor>>): void {
    let hasUpdated = false
    for (const slot of this.#slots) {
      const next = outputs[nextName(slot.name)]
      if (next === undefined) continue
      if (slot.kind === 'parameter') hasUpdated = true
      if (slot.spare === null) slot.current.dispose()
      else slot.spare = slot.current
      slot.current = next
    }
    if (hasUpdated) this.#updates++
  }

  /** Forgets the gradients gathered so far. */
  async clearGathered(): Promise<void> {
    for (const slot of this.#slots) {
      if (slot.kind !== 'gathered') continue
      if (slot.current.location === 'cpu') arrayOf(slot.current).fill(0)
      else {
        slot.current.dispose()
        slot.current = await floatTensor(new Float32Array(slot.current.size), slot.shape)
      }
    }
  }

  /**
   * Copies, so that a training may go on while they are written.
   * @param toMemory brings tensors from the device to the computer's memory, under the same names
   */
  async state(
    toMemory: (
      tensors: Readonly<Record<string, FloatTensor>>,
    ) => Promise<Readonly<Record<string, FloatTensor>>>,
  ): Promise<TrainerState> {
    const kept = this.#slots.filter(({ kind }) => kind !== 'gathered')
    const tensors = await toMemory(Object.fromEntries(kept.map(({ name, current }) => [name, current])))
    const of = (wanted: Kind): NamedArray[] =>
      kept
        .filter(({ kind }) => kind === wanted)
        .map(({ name, shape }) => ({
          name: stateParameter(name),
          shape,
          values: Float32Array.from(arrayOf(tensors[name])),
        }))
    return {
      parameters: of('parameter'),
      firstMoments: of('firstMoment'),
      secondMoments: of('secondMoment'),
      updates: this.#updates,
    }
  }

  dispose(): void {
    if (this.isOnDevice) for (const { current } of this.#slots) current.dispose()
    this.#slots.length = 0
  }

  async #add(name: string, kind: Kind, shape: readonly number[], values: Float32Array): Promise<void> {
    const current = await floatTensor(Float32Array.from(values), shape)
    const spare = this.isOnDevice ? null : await floatTensor(new Float32Array(values.length), shape)
    this.#slots.push({ name, kind, shape, current, spare })
  }
}

/** The parameter that a state tensor belongs to. */
function stateParameter(name: string): string {
  return name.replace(/:[mvg]$/, '')
}

function arrayOf({ data }: FloatTensor): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error('A state tensor does not hold floats.')
  return data
}
