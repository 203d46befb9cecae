import { boneSurface } from '../data/bone-surface.js'
import { fetchBytes } from '../data/fetch-bytes.js'
import { EditModel } from '../segmentation/model/edit-model.js'
import { labelRuns } from '../segmentation/model/label-runs.js'
import { fullBlock, labelOccupancy } from './label-occupancy.js'
import type { LabelsWorkerReply, LabelsWorkerRequest } from './labels-worker-messages.js'

type OpenRequest = Extract<LabelsWorkerRequest, { kind: 'open' }>
let opened: { readonly request: OpenRequest; readonly model: EditModel } | null = null

function reply(message: LabelsWorkerReply, transfer: Transferable[] = []): void {
  globalThis.postMessage(message, { transfer })
}

async function open(request: OpenRequest): Promise<void> {
  const { url, bytesPerVoxel, grid } = request
  const bytes = await fetchBytes(url, grid.size[0] * grid.size[1] * grid.size[2] * bytesPerVoxel)
  const voxels = bytesPerVoxel === 1 ? new Uint8Array(bytes) : new Uint16Array(bytes)
  opened = { request, model: new EditModel(voxels, grid, fetchBytes) }
  // The window slices and paints its own copy while surfaces and edits are made from this one.
  const copy = voxels.slice()
  reply({ kind: 'opened', voxels: copy }, [copy.buffer])
}

async function answer(request: LabelsWorkerRequest): Promise<void> {
  if (request.kind === 'open') return open(request)
  if (opened === null) throw new Error('No label map is open.')
  const { voxels } = opened.model
  if (request.kind === 'edit') {
    reply({ kind: 'edited', outcome: await opened.model.edit(request.edit) })
    return
  }
  if (request.kind === 'runs') {
    reply({ kind: 'runs', runs: labelRuns(voxels) })
    return
  }
  const { grid, surfaceSide } = opened.request
  const occupancy = labelOccupancy(voxels, grid, request.label, surfaceSide)
  const surface = boneSurface(occupancy, fullBlock / 2)
  reply({ kind: 'surface', surface }, [
    surface.points.buffer,
    surface.normals.buffer,
    surface.polygons.buffer,
  ])
}

/** One request after another, also where one waits for the CT's voxels. */
let answered = Promise.resolve()

globalThis.addEventListener('message', (event: MessageEvent<LabelsWorkerRequest>) => {
  answered = answered
    .then(() => answer(event.data))
    .catch((error: unknown) => {
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    })
})
