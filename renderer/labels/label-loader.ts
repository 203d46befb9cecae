import type { OpenedLabel, OpenLabelsOutput } from '../../native-workers/contract/operations/open-labels.js'
import type { LabelRuns } from '../../native-workers/contract/operations/save-labels.js'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import { graphics } from '../composables/graphics.js'
import type { Surface } from '../data/display-volume.js'
import type { EditOutcome, LabelEdit } from '../segmentation/model/edits.js'
import type { LabelVoxels } from './label-map.js'
import type { LabelsWorkerReply, LabelsWorkerRequest } from './labels-worker-messages.js'

/** Longest side of what a surface is made from, in blocks of voxels: what the graphics can turn at ease. */
const surfaceSide = graphics.kind === 'hardware' ? 96 : 40

/** Reads one label map and makes surfaces of its labels on a worker of its own, one request after another. */
export class LabelLoader {
  readonly #worker = new Worker(new URL('./labels.worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting: ((reply: LabelsWorkerReply) => void)[] = []

  constructor() {
    // The worker answers in the order in which it is asked.
    this.#worker.addEventListener('message', (event: MessageEvent<LabelsWorkerReply>) => {
      this.#waiting.shift()?.(event.data)
    })
  }

  /** Throws with the worker's reason when the copy can't be read. */
  async open(display: OpenLabelsOutput['display'], grid: VolumeGrid): Promise<LabelVoxels> {
    const url = window.isocenter.volumeUrl(display.file)
    const reply = await this.#ask({
      kind: 'open',
      url,
      bytesPerVoxel: display.bytesPerVoxel,
      grid,
      surfaceSide,
    })
    if (reply.kind !== 'opened') throw new Error(reply.kind === 'failed' ? reply.message : 'Unexpected reply')
    return reply.voxels
  }

  /** Null where the label gives no surface. */
  async surface(label: OpenedLabel): Promise<Surface | null> {
    const reply = await this.#ask({ kind: 'surface', label })
    return reply.kind === 'surface' ? reply.surface : null
  }

  /** Throws with the worker's reason when the edit can't be made. */
  async edit(edit: LabelEdit): Promise<EditOutcome> {
    const reply = await this.#ask({ kind: 'edit', edit })
    if (reply.kind !== 'edited') throw new Error(reply.kind === 'failed' ? reply.message : 'Unexpected reply')
    return reply.outcome
  }

  /** The map as edited. */
  async runs(): Promise<LabelRuns> {
    const reply = await this.#ask({ kind: 'runs' })
    if (reply.kind !== 'runs') throw new Error(reply.kind === 'failed' ? reply.message : 'Unexpected reply')
    return reply.runs
  }

  dispose(): void {
    this.#worker.terminate()
    for (const resolve of this.#waiting.splice(0)) resolve({ kind: 'failed', message: '' })
  }

  #ask(request: LabelsWorkerRequest): Promise<LabelsWorkerReply> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#worker.postMessage(request)
    })
  }
}
