import { UserError } from '../../contract/errors.js'

const pageBytes = 65536
const alignment = 16

/** Address in the kernel's memory. */
export type Pointer = number

/**
 * Bump allocation in WebAssembly memory shared by all threads. Long-lived things come first; short-lived ones are
 * freed together by `release(mark)`.
 */
export class SharedArena {
  readonly memory: WebAssembly.Memory
  #next: Pointer

  /** @param firstFree address after the kernel's own data */
  constructor(initialBytes: number, firstFree: Pointer) {
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil((initialBytes + firstFree) / pageBytes) + 1,
      maximum: 65536,
      shared: true,
    })
    this.#next = firstFree
  }

  /** Zero-initialised only where never used before. Throws `UserError('input-invalid')` past 4 GiB. */
  allocate(bytes: number): Pointer {
    const pointer = Math.ceil(this.#next / alignment) * alignment
    this.#next = pointer + bytes
    const missing = this.#next - this.memory.buffer.byteLength
    if (missing > 0) this.#grow(missing)
    return pointer
  }

  mark(): Pointer {
    return this.#next
  }

  release(mark: Pointer): void {
    this.#next = mark
  }

  floats(pointer: Pointer, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length)
  }

  doubles(pointer: Pointer, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, length)
  }

  words(pointer: Pointer, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, length)
  }

  bytes(pointer: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length)
  }

  #grow(bytes: number): void {
    try {
      this.memory.grow(Math.ceil(bytes / pageBytes))
    } catch {
      throw new UserError(
        'input-invalid',
        'The volume and the pictures do not fit into the renderer’s 4 GiB.',
        'Crop the volume or resample it to larger voxels.',
      )
    }
  }
}
