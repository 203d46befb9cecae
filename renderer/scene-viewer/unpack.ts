import type { PackedBytes } from '../../native-workers/contract/files/scene-document.js'

/** The bytes of a packed array. */
export async function unpack(packed: PackedBytes): Promise<ArrayBuffer> {
  const deflated = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Response(stream).arrayBuffer()
}
