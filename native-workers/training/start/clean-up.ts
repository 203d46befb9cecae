/** What was opened and has to be closed again, the last first, whatever happens in between. */
export class CleanUp {
  readonly #disposals: (() => Promise<void> | void)[] = []

  /** Gives back what was opened, so that opening and noting it is one line. */
  opened<Resource>(resource: Resource, dispose: (resource: Resource) => Promise<void> | void): Resource {
    this.#disposals.push(() => dispose(resource))
    return resource
  }

  /** Closes all; the first error is thrown once everything was tried. */
  async run(): Promise<void> {
    const errors: unknown[] = []
    for (const dispose of this.#disposals.splice(0).toReversed()) {
      try {
        await dispose()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
}
