import type vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'

type VtkMatrix = Parameters<vtkActor['setUserMatrix']>[0]

/** Our rows as vtk.js wants a matrix: sixteen numbers, column after column. */
export function vtkMatrix([a, b, c, d]: Matrix4): VtkMatrix {
  return [
    a[0], b[0], c[0], d[0],
    a[1], b[1], c[1], d[1],
    a[2], b[2], c[2], d[2],
    a[3], b[3], c[3], d[3],
  ] // prettier-ignore
}
