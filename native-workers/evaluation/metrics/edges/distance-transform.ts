import { type Vector2 } from '../../../contract/matrix.js'

/**
 * Exact Euclidean distance of every pixel to the nearest marked one (Felzenszwalb and Huttenlocher 2012,
 * doi 10.4086/toc.2012.v008a019), in the unit of the [column, row] pitch; Infinity everywhere where none is marked.
 */
export function distanceToMarked(
  marked: Uint8Array,
  width: number,
  height: number,
  pitch: Vector2,
): Float64Array {
  const squared = Float64Array.from(marked, (mark) => (mark === 0 ? Infinity : 0))
  for (let x = 0; x < width; x++) lowerEnvelope(squared, x, width, height, pitch[1])
  for (let y = 0; y < height; y++) lowerEnvelope(squared, y * width, 1, width, pitch[0])
  return squared.map(Math.sqrt)
}

/** Replaces each value of a line by the least of value + squared distance over the line. */
function lowerEnvelope(
  values: Float64Array,
  first: number,
  stride: number,
  count: number,
  pitch: number,
): void {
  // Parabolas of the envelope: their vertices, and where each begins to be the lowest.
  const vertices: number[] = []
  const heights: number[] = []
  const begins: number[] = []
  for (let n = 0; n < count; n++) {
    const height = values[first + n * stride]
    if (height === Infinity) continue
    const vertex = n * pitch
    let begin = -Infinity
    while (vertices.length > 0) {
      const last = vertices.length - 1
      const before = vertices[last]
      begin = (height - heights[last] + vertex * vertex - before * before) / (2 * (vertex - before))
      if (begin > begins[last]) break
      vertices.pop()
      heights.pop()
      begins.pop()
      begin = -Infinity
    }
    vertices.push(vertex)
    heights.push(height)
    begins.push(begin)
  }
  if (vertices.length === 0) return
  let lowest = 0
  for (let n = 0; n < count; n++) {
    const at = n * pitch
    while (lowest + 1 < vertices.length && begins[lowest + 1] <= at) lowest++
    values[first + n * stride] = (at - vertices[lowest]) ** 2 + heights[lowest]
  }
}
