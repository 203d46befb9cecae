import { type Matrix4 } from '../../contract/matrix.js'

/** Triangles over shared points; counter-clockwise seen from outside. */
export interface TriangleMesh {
  /** x, y, z of each point in turn. */
  readonly points: Float32Array
  /** Three point indices per triangle. */
  readonly triangles: Uint32Array
}

export const triangleCount = ({ triangles }: TriangleMesh): number => triangles.length / 3

/** The mesh with every point moved by an affine map; a map that mirrors also turns the triangles round. */
export function transformMesh({ points, triangles }: TriangleMesh, [x, y, z]: Matrix4): TriangleMesh {
  const moved = new Float32Array(points.length)
  for (let n = 0; n < points.length; n += 3) {
    const [a, b, c] = [points[n], points[n + 1], points[n + 2]]
    moved[n] = x[0] * a + x[1] * b + x[2] * c + x[3]
    moved[n + 1] = y[0] * a + y[1] * b + y[2] * c + y[3]
    moved[n + 2] = z[0] * a + z[1] * b + z[2] * c + z[3]
  }
  const determinant =
    x[0] * (y[1] * z[2] - y[2] * z[1]) -
    x[1] * (y[0] * z[2] - y[2] * z[0]) +
    x[2] * (y[0] * z[1] - y[1] * z[0])
  return { points: moved, triangles: determinant < 0 ? turnedRound(triangles) : triangles }
}

function turnedRound(triangles: Uint32Array): Uint32Array {
  const turned = Uint32Array.from(triangles)
  for (let n = 0; n < turned.length; n += 3) {
    turned[n + 1] = triangles[n + 2]
    turned[n + 2] = triangles[n + 1]
  }
  return turned
}

/** Volume inside a closed mesh by the divergence theorem, in the points' unit cubed; negative when inside out. */
export function enclosedVolume({ points, triangles }: TriangleMesh): number {
  let sixfold = 0
  for (let n = 0; n < triangles.length; n += 3) {
    const [a, b, c] = [3 * triangles[n], 3 * triangles[n + 1], 3 * triangles[n + 2]]
    sixfold +=
      points[a] * (points[b + 1] * points[c + 2] - points[b + 2] * points[c + 1]) -
      points[a + 1] * (points[b] * points[c + 2] - points[b + 2] * points[c]) +
      points[a + 2] * (points[b] * points[c + 1] - points[b + 1] * points[c])
  }
  return sixfold / 6
}
