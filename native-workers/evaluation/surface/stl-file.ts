import { type TriangleMesh, triangleCount } from './triangle-mesh.js'

const headerBytes = 80
const bytesPerTriangle = 50

/** Binary STL in millimetres; the header's words tell 3D Slicer and people in which space. */
export function stlBytes(
  mesh: TriangleMesh,
  title = 'Isocenter CT surface',
  space: 'LPS' | 'RAS' = 'LPS',
): Uint8Array {
  const { points, triangles } = mesh
  const bytes = new Uint8Array(headerBytes + 4 + triangleCount(mesh) * bytesPerTriangle)
  // The space stands first where a long title would push it out of the header.
  const words = new TextEncoder().encode(`${title}; SPACE=${space}`)
  const fits = words.length <= headerBytes
  bytes.set(fits ? words : new TextEncoder().encode(`Isocenter; SPACE=${space}`))
  const view = new DataView(bytes.buffer)
  view.setUint32(headerBytes, triangleCount(mesh), true)
  for (let triangle = 0; triangle < triangleCount(mesh); triangle++) {
    const start = headerBytes + 4 + triangle * bytesPerTriangle
    const corners = [0, 1, 2].map((corner) => 3 * triangles[3 * triangle + corner])
    normalOf(points, corners).forEach((value, axis) => view.setFloat32(start + 4 * axis, value, true))
    corners.forEach((point, corner) => {
      for (let axis = 0; axis < 3; axis++) {
        view.setFloat32(start + 12 + 12 * corner + 4 * axis, points[point + axis], true)
      }
    })
  }
  return bytes
}

function normalOf(points: Float32Array, [a, b, c]: readonly number[]): number[] {
  const edge = (to: number, axis: number) => points[to + axis] - points[a + axis]
  const normal = [0, 1, 2].map((axis) => {
    const [next, last] = [(axis + 1) % 3, (axis + 2) % 3]
    return edge(b, next) * edge(c, last) - edge(b, last) * edge(c, next)
  })
  const length = Math.hypot(...normal)
  return normal.map((value) => (length > 0 ? value / length : 0))
}
