import { deltaBytes, inverted, type LabelDelta } from './delta.js'

/** What all deltas of a history may take together; an edit that takes more alone can be undone all the same. */
const memoryLimitBytes = 256 * 1024 * 1024

interface Entry {
  readonly id: number
  readonly delta: LabelDelta
}

/** Edits that can be undone and redone. Beyond the memory limit the oldest are forgotten. */
export class EditHistory {
  readonly #limitBytes: number
  #undo: Entry[] = []
  #redo: Entry[] = []
  #nextId = 1
  /** The state that the oldest remembered edit was made on. */
  #baseId = 0

  constructor(limitBytes = memoryLimitBytes) {
    this.#limitBytes = limitBytes
  }

  get undoCount(): number {
    return this.#undo.length
  }

  get redoCount(): number {
    return this.#redo.length
  }

  /** Tells states apart: the same number after undo and redo as before them. */
  get stateId(): number {
    return this.#undo.at(-1)?.id ?? this.#baseId
  }

  push(delta: LabelDelta): void {
    this.#undo.push({ id: this.#nextId++, delta })
    this.#redo = []
    let bytes = this.#undo.reduce((sum, entry) => sum + deltaBytes(entry.delta), 0)
    while (bytes > this.#limitBytes && this.#undo.length > 1) {
      const [oldest, ...rest] = this.#undo
      if (oldest === undefined) return
      bytes -= deltaBytes(oldest.delta)
      this.#baseId = oldest.id
      this.#undo = rest
    }
  }

  /** The delta to apply; null where nothing is left. */
  undo(): LabelDelta | null {
    const entry = this.#undo.pop()
    if (entry === undefined) return null
    this.#redo.push(entry)
    return inverted(entry.delta)
  }

  redo(): LabelDelta | null {
    const entry = this.#redo.pop()
    if (entry === undefined) return null
    this.#undo.push(entry)
    return entry.delta
  }
}
