import { type TriangleMesh } from './triangle-mesh.js'

/**
 * The parts of a mesh, connected by shared points, with at least `share` of the triangles that the largest has: 1 keeps
 * the largest alone. Points are renumbered.
 */
export function largeParts(mesh: TriangleMesh, share: number): TriangleMesh {
  const { points, triangles } = mesh
  const root = partOfPoint(mesh)
  const trianglesOf = new Uint32Array(points.length / 3)
  for (let n = 0; n < triangles.length; n += 3) trianglesOf[root[triangles[n]]]++
  const least = share * trianglesOf.reduce((most, count) => Math.max(most, count), 0)
  return restrictedTo(mesh, (point) => trianglesOf[root[point]] >= least)
}

/** For each point the lowest point connected to it, by union-find. */
function partOfPoint({ points, triangles }: TriangleMesh): Uint32Array {
  const parent = Uint32Array.from({ length: points.length / 3 }, (_, n) => n)
  const find = (start: number): number => {
    let point = start
    while (parent[point] !== point) {
      parent[point] = parent[parent[point]]
      point = parent[point]
    }
    return point
  }
  const join = (a: number, b: number): void => {
    const [rootA, rootB] = [find(a), find(b)]
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB)
  }
  for (let n = 0; n < triangles.length; n += 3) {
    join(triangles[n], triangles[n + 1])
    join(triangles[n], triangles[n + 2])
  }
  return parent.map((_, point) => find(point))
}

function restrictedTo({ points, triangles }: TriangleMesh, keeps: (point: number) => boolean): TriangleMesh {
  const renumbered = new Uint32Array(points.length / 3)
  const keptPoints = new Float32Array(points.length)
  let count = 0
  for (let point = 0; point < renumbered.length; point++) {
    if (!keeps(point)) continue
    keptPoints.set(points.subarray(3 * point, 3 * point + 3), 3 * count)
    renumbered[point] = count++
  }
  const keptTriangles = triangles.filter((_, n) => keeps(triangles[n - (n % 3)]))
  return {
    points: keptPoints.slice(0, 3 * count),
    triangles: keptTriangles.map((point) => renumbered[point]),
  }
}
