import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import type { Surface } from '../../data/display-volume.js'

/** The surface as vtk's mesh; the arrays are shared, not copied. */
export function surfaceMesh({ points, polygons, normals }: Surface): vtkPolyData {
  const mesh = vtkPolyData.newInstance()
  mesh.getPoints().setData(points, 3)
  mesh.getPolys().setData(polygons)
  mesh
    .getPointData()
    .setNormals(vtkDataArray.newInstance({ name: 'Normals', numberOfComponents: 3, values: normals }))
  return mesh
}
