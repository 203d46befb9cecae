import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import { unpack } from './unpack.js'
import { vertexNormals } from './vertex-normals.js'

/** The document's surface with smooth normals, in LPS mm. */
export async function surfaceMesh({
  originMm,
  stepMm,
  ...packed
}: SceneDocument['surface']): Promise<vtkPolyData> {
  const steps = new Uint16Array(await unpack(packed.points))
  const points = Float32Array.from(steps, (step, n) => (originMm[n % 3] ?? 0) + stepMm * step)
  const triangles = new Uint32Array(await unpack(packed.triangles))
  const mesh = vtkPolyData.newInstance()
  mesh.getPoints().setData(points, 3)
  mesh.getPolys().setData(cellsOf(triangles))
  const values = vertexNormals(points, triangles)
  mesh.getPointData().setNormals(vtkDataArray.newInstance({ name: 'Normals', numberOfComponents: 3, values }))
  return mesh
}

/** vtk.js wants each triangle's number of corners before it. */
function cellsOf(triangles: Uint32Array): Uint32Array {
  const cells = new Uint32Array((triangles.length / 3) * 4)
  for (let from = 0, to = 0; from < triangles.length; from += 3, to += 4) {
    cells[to] = 3
    cells.set(triangles.subarray(from, from + 3), to + 1)
  }
  return cells
}
