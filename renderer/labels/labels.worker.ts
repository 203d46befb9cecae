import { boneSurface } from '../data/bone-surface.js'
import { fullBlock, labelOccupancy } from './label-occupancy.js'
import type { LabelVoxels } from './label-map.js'
import type { LabelsWorkerReply, LabelsWorkerRequest } from './labels-worker-messages.js'

type OpenRequest = Extract<LabelsWorkerRequest, { kind: 'open' }>
let opened: { readonly request: OpenRequest; readonly voxels: LabelVoxels } | null = null

function reply(message: LabelsWorkerReply, transfer: Transferable[] = []): void {
  globalThis.postMessage(message, { transfer })
}

async function open(request: OpenRequest): Promise<void> {
  const response = await fetch(request.url)
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const bytes = await response.arrayBuffer()
  const voxels = request.bytesPerVoxel === 1 ? new Uint8Array(bytes) : new Uint16Array(bytes)
  const { size } = request.grid
  const expected = size[0] * size[1] * size[2]
  if (voxels.length !== expected) throw new Error(`${voxels.length} voxels instead of ${expected}`)
  opened = { request, voxels }
  // The window slices its own copy while surfaces are made from this one.
  const copy = voxels.slice()
  reply({ kind: 'opened', voxels: copy }, [copy.buffer])
}

async function answer(request: LabelsWorkerRequest): Promise<void> {
  if (request.kind === 'open') return open(request)
  if (opened === null) throw new Error('No label map is open.')
  const { grid, surfaceSide } = opened.request
  const occupancy = labelOccupancy(opened.voxels, grid, request.label, surfaceSide)
  const surface = boneSurface(occupancy, fullBlock / 2)
  reply({ kind: 'surface', surface }, [
    surface.points.buffer,
    surface.normals.buffer,
    surface.polygons.buffer,
  ])
}

globalThis.addEventListener('message', (event: MessageEvent<LabelsWorkerRequest>) => {
  answer(event.data).catch((error: unknown) => {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  })
})
