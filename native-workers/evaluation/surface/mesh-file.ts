import { type SurfaceFormat } from '../../contract/operations/surface.js'
import { stlBytes } from './stl-file.js'
import { transformMesh, triangleCount, type TriangleMesh } from './triangle-mesh.js'

export type MeshSpace = 'LPS' | 'RAS'

/** Right and anterior are the opposites of left and posterior. */
const rasFromLps = [
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
] as const

/** A mesh in LPS mm as a file whose head says which space its millimetres are in. */
export function meshFileBytes(
  mesh: TriangleMesh,
  format: SurfaceFormat,
  space: MeshSpace,
  title: string,
): Uint8Array {
  const placed = space === 'RAS' ? transformMesh(mesh, rasFromLps) : mesh
  switch (format) {
    case 'stl':
      return stlBytes(placed, `Isocenter ${title}`, space)
    case 'ply':
      return plyBytes(placed, title, space)
    case 'obj':
      return objBytes(placed, title, space)
  }
}

/** Binary little-endian PLY 1.0. */
function plyBytes({ points, triangles }: TriangleMesh, title: string, space: MeshSpace): Uint8Array {
  const count = triangles.length / 3
  const head = new TextEncoder().encode(
    [
      'ply',
      'format binary_little_endian 1.0',
      `comment Isocenter ${title}; SPACE=${space}; millimetres`,
      `element vertex ${points.length / 3}`,
      'property float x',
      'property float y',
      'property float z',
      `element face ${count}`,
      'property list uchar int vertex_indices',
      'end_header',
      '',
    ].join('\n'),
  )
  const bytes = new Uint8Array(head.length + 4 * points.length + 13 * count)
  bytes.set(head)
  const view = new DataView(bytes.buffer)
  let at = head.length
  for (const value of points) {
    view.setFloat32(at, value, true)
    at += 4
  }
  for (let n = 0; n < triangles.length; n += 3) {
    view.setUint8(at, 3)
    for (let corner = 0; corner < 3; corner++) view.setInt32(at + 1 + 4 * corner, triangles[n + corner], true)
    at += 13
  }
  return bytes
}

/** Wavefront OBJ; points count from 1. */
function objBytes(mesh: TriangleMesh, title: string, space: MeshSpace): Uint8Array {
  const { points, triangles } = mesh
  const lines = [`# Isocenter ${title}; SPACE=${space}; millimetres`]
  for (let n = 0; n < points.length; n += 3) {
    lines.push(`v ${[points[n], points[n + 1], points[n + 2]].map((value) => value.toFixed(4)).join(' ')}`)
  }
  for (let n = 0; n < triangleCount(mesh); n++) {
    lines.push(`f ${[0, 1, 2].map((corner) => triangles[3 * n + corner] + 1).join(' ')}`)
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}
