import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { type PackedBytes, type SceneDocument } from '../../contract/files/scene-document.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type TriangleMesh } from '../surface/triangle-mesh.js'

const deflated = promisify(deflate)
const largestStep = 65535

export async function pack(values: Uint8Array | Uint16Array | Uint32Array): Promise<PackedBytes> {
  const bytes = await deflated(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), {
    level: 9,
  })
  return bytes.toString('base64')
}

/** A mesh in LPS mm for the scene's document; points are rounded to a 65535th of the longest side. */
export async function packSurface({ points, triangles }: TriangleMesh): Promise<SceneDocument['surface']> {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  points.forEach((value, n) => {
    low[n % 3] = Math.min(low[n % 3], value)
    high[n % 3] = Math.max(high[n % 3], value)
  })
  const originMm: Vector3 = [low[0], low[1], low[2]]
  const stepMm = Math.max(...high.map((value, axis) => value - low[axis])) / largestStep
  const steps = Uint16Array.from(points, (value, n) => Math.round((value - low[n % 3]) / stepMm))
  return { points: await pack(steps), originMm, stepMm, triangles: await pack(triangles) }
}
