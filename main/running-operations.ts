import type { OperationName } from '../native-workers/contract/operations/index.js'

/** Answered in a moment, asked again by every view, or asked about by the page: closing the window asks for no more. */
const passing: ReadonlySet<OperationName> = new Set([
  'open-labels',
  'read-label-names',
  'open-volume',
  'open-xray',
  'render-drr',
  'evaluate-pose',
  'info',
  'inspect',
  'list-dicom-series',
  'list-dataset',
  'show-dicom',
  'preview-training',
  'read-training',
  'train',
  'restart-training',
])

/** The operations that the window has asked for and that have not ended. */
export class RunningOperations {
  private readonly nameOf = new Map<string, OperationName>()

  get ids(): readonly string[] {
    return [...this.nameOf.keys()]
  }

  /** How many of them a person would lose work with; the page itself asks about trainings, which can be stopped well. */
  get jobCount(): number {
    return [...this.nameOf.values()].filter((name) => !passing.has(name)).length
  }

  has(id: string): boolean {
    return this.nameOf.has(id)
  }

  async during<Output>(id: string, name: OperationName, work: () => Promise<Output>): Promise<Output> {
    this.nameOf.set(id, name)
    try {
      return await work()
    } finally {
      this.nameOf.delete(id)
    }
  }
}
