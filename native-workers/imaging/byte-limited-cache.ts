/** Keeps values until their bytes exceed the limit; then those not used for longest go first. */
export class ByteLimitedCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly bytes: number }>()
  private heldBytes = 0

  constructor(private readonly limitBytes: number) {}

  /** The value, which thereby becomes the most recently used. */
  get(key: string): Value | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, entry)
    return entry.value
  }

  /** Keeps a value; one larger than the whole limit is not kept. */
  set(key: string, value: Value, bytes: number): void {
    this.delete(key)
    if (bytes > this.limitBytes) return
    this.entries.set(key, { value, bytes })
    this.heldBytes += bytes
    for (const oldest of this.entries.keys()) {
      if (this.heldBytes <= this.limitBytes) break
      this.delete(oldest)
    }
  }

  clear(): void {
    this.entries.clear()
    this.heldBytes = 0
  }

  private delete(key: string): void {
    this.heldBytes -= this.entries.get(key)?.bytes ?? 0
    this.entries.delete(key)
  }
}
