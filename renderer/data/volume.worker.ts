import { boneSurface } from './bone-surface.js'
import { suggestBoneThreshold } from './bone-threshold.js'
import type { DisplayVolume } from './display-volume.js'
import { fetchBytes } from './fetch-bytes.js'
import { reduceVolume } from './reduce-volume.js'
import type { VolumeWorkerReply, VolumeWorkerRequest } from './volume-worker-messages.js'

let reduced: DisplayVolume | null = null

function reply(message: VolumeWorkerReply, transfer: Transferable[] = []): void {
  globalThis.postMessage(message, { transfer })
}

async function open(url: string, grid: DisplayVolume['grid'], surfaceSide: number): Promise<void> {
  const voxelCount = grid.size[0] * grid.size[1] * grid.size[2]
  const voxels = new Int16Array(await fetchBytes(url, voxelCount * Int16Array.BYTES_PER_ELEMENT))
  const copy = reduceVolume({ grid, voxels }, surfaceSide)
  // The full copy's memory moves to the window; what stays here must not share it.
  reduced = copy.voxels === voxels ? { grid, voxels: voxels.slice() } : copy
  reply({ kind: 'opened', voxels, suggestedThreshold: suggestBoneThreshold(reduced) }, [voxels.buffer])
}

function makeSurface(threshold: number): void {
  if (reduced === null) return
  const surface = boneSurface(reduced, threshold)
  reply({ kind: 'surface', threshold, surface }, [
    surface.points.buffer,
    surface.normals.buffer,
    surface.polygons.buffer,
  ])
}

function fail(error: unknown): void {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}

globalThis.addEventListener('message', (event: MessageEvent<VolumeWorkerRequest>) => {
  const request = event.data
  if (request.kind === 'open') {
    open(request.url, request.grid, request.surfaceSide).catch(fail)
  } else {
    try {
      makeSurface(request.threshold)
    } catch (error) {
      fail(error)
    }
  }
})
