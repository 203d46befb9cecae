import { type TriangleMesh } from './triangle-mesh.js'

/**
 * Taubin's pair of steps: a shrinking one, and one that lets the mesh swell again, so that only frequencies above the
 * pass band 1 / shrink + 1 / swell = 0.1 are damped (Taubin, "A signal processing approach to fair surface design",
 * SIGGRAPH 1995, section 5).
 */
const shrinkFactor = 0.5
const swellFactor = 1 / (0.1 - 1 / shrinkFactor)

/** Smooths the staircase of a voxel surface without shrinking it; the triangles stay. */
export function taubinSmoothed(mesh: TriangleMesh, iterations: number): TriangleMesh {
  const neighbours = neighboursOf(mesh)
  let points = mesh.points
  for (let iteration = 0; iteration < iterations; iteration++) {
    points = towardsNeighbours(points, neighbours, shrinkFactor)
    points = towardsNeighbours(points, neighbours, swellFactor)
  }
  return { points, triangles: mesh.triangles }
}

/** The points connected to point p are `list[first[p]]` up to `list[first[p + 1]]`, twice where two triangles meet. */
interface Neighbours {
  readonly first: Uint32Array
  readonly list: Uint32Array
}

function neighboursOf({ points, triangles }: TriangleMesh): Neighbours {
  const first = new Uint32Array(points.length / 3 + 1)
  for (const point of triangles) first[point + 1] += 2
  for (let point = 1; point < first.length; point++) first[point] += first[point - 1]
  const list = new Uint32Array(2 * triangles.length)
  const filled = first.slice()
  for (let n = 0; n < triangles.length; n += 3) {
    for (let corner = 0; corner < 3; corner++) {
      const point = triangles[n + corner]
      list[filled[point]++] = triangles[n + ((corner + 1) % 3)]
      list[filled[point]++] = triangles[n + ((corner + 2) % 3)]
    }
  }
  return { first, list }
}

function towardsNeighbours(
  points: Float32Array,
  { first, list }: Neighbours,
  factor: number,
): Float32Array<ArrayBuffer> {
  const moved = new Float32Array(points.length)
  for (let point = 0; point + 1 < first.length; point++) {
    const [from, to] = [first[point], first[point + 1]]
    for (let axis = 0; axis < 3; axis++) {
      const here = points[3 * point + axis]
      let sum = 0
      for (let n = from; n < to; n++) sum += points[3 * list[n] + axis] - here
      moved[3 * point + axis] = here + (to > from ? (factor * sum) / (to - from) : 0)
    }
  }
  return moved
}
