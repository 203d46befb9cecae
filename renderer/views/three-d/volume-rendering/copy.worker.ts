import type { DisplayVolume } from '../../../data/display-volume.js'
import { fetchBytes } from '../../../data/fetch-bytes.js'
import { reduceVolume } from '../../../data/reduce-volume.js'
import type { CopyReply, CopyRequest } from './copy-messages.js'
import { asBytes, copySide } from './rendering-copy.js'

/** The reduced copy that was made last; another preset takes its values in another range. */
let held: { readonly url: string; readonly volume: DisplayVolume } | null = null

async function reducedCopy({ url, grid, limits }: CopyRequest): Promise<DisplayVolume> {
  if (held?.url === url) return held.volume
  const voxelCount = grid.size[0] * grid.size[1] * grid.size[2]
  const voxels = new Int16Array(await fetchBytes(url, voxelCount * Int16Array.BYTES_PER_ELEMENT))
  const volume = reduceVolume({ grid, voxels }, copySide(grid.size, limits))
  held = { url, volume }
  return volume
}

async function answer(request: CopyRequest): Promise<void> {
  const { grid, voxels } = await reducedCopy(request)
  const bytes = asBytes(voxels, request.range)
  const reply: CopyReply = { kind: 'made', grid, bytes }
  globalThis.postMessage(reply, { transfer: [bytes.buffer] })
}

globalThis.addEventListener('message', (event: MessageEvent<CopyRequest>) => {
  answer(event.data).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    const reply: CopyReply = { kind: 'failed', message }
    globalThis.postMessage(reply)
  })
})
