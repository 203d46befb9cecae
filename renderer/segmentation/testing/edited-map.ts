import { vi } from 'vitest'
import type { OpenLabelsOutput } from '../../../native-workers/contract/operations/open-labels.js'
import type { LabelsWorkerRequest } from '../../labels/labels-worker-messages.js'
import type { OpenedVolume } from '../../stores/volume.js'
import { EditModel } from '../model/edit-model.js'
import { labelRuns } from '../model/label-runs.js'

/** Four by four voxels in one slice. */
export const grid = {
  size: [4, 4, 1],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const

/** Edits a map of its own, as the real one does, one request after another. Label 3 is in the first two voxels. */
export class FakeLabelsWorker extends EventTarget {
  readonly #model = new EditModel(
    Uint8Array.from({ length: 16 }, (_, n) => (n < 2 ? 3 : 0)),
    grid,
    (_, expectedBytes) => Promise.resolve(new ArrayBuffer(expectedBytes)),
  )
  #answered = Promise.resolve()

  postMessage(request: LabelsWorkerRequest): void {
    const asked = structuredClone(request)
    this.#answered = this.#answered.then(async () => {
      const data = await this.#answer(asked)
      this.dispatchEvent(new MessageEvent('message', { data }))
    })
  }

  async #answer(asked: LabelsWorkerRequest): Promise<unknown> {
    if (asked.kind === 'edit') return { kind: 'edited', outcome: await this.#model.edit(asked.edit) }
    if (asked.kind === 'runs') return { kind: 'runs', runs: labelRuns(this.#model.voxels) }
    return { kind: 'opened', voxels: this.#model.voxels.slice() }
  }

  terminate = vi.fn()
}

export const openedMap: OpenLabelsOutput = {
  labels: [
    {
      label: 3,
      name: 'hip',
      voxelCount: 2,
      centreMm: [0.5, 0, 0],
      box: { first: [0, 0, 0], last: [1, 0, 0] },
    },
  ],
  display: { file: 'labels.uint8.raw', bytesPerVoxel: 1 },
  namesFile: null,
  issues: [],
}

export const openedVolume: OpenedVolume = {
  source: { path: 'ct.nii.gz', acceptGeometry: false },
  summary: {
    name: 'ct',
    format: 'NIfTI',
    grid,
    storedType: 'int16',
    valueRange: [0, 1],
    series: [],
    issues: [],
  },
  display: { grid, voxels: new Int16Array(16) },
  displayFile: 'ct.raw',
}
