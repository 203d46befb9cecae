import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData'
import vtkImageMarchingCubes from '@kitware/vtk.js/Filters/General/ImageMarchingCubes'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { volumeFromIndex } from '../geometry/grid.js'
import { rotate, transformPoint } from '../geometry/math.js'
import type { DisplayVolume, Surface } from './display-volume.js'

/** Isosurface at `threshold` (voxel units) in the volume's LPS millimetres, with outward unit normals. */
export function boneSurface(volume: DisplayVolume, threshold: number): Surface {
  const image = vtkImageData.newInstance()
  image.setDimensions([...volume.grid.size])
  image.setSpacing([...volume.grid.spacingMm])
  image.getPointData().setScalars(vtkDataArray.newInstance({ numberOfComponents: 1, values: volume.voxels }))
  const filter = vtkImageMarchingCubes.newInstance({
    contourValue: threshold,
    computeNormals: true,
    mergePoints: true,
  })
  filter.setInputData(image)
  const mesh = filter.getOutputData()
  const points = Float32Array.from(mesh.getPoints().getData())
  const normals = Float32Array.from(mesh.getPointData().getNormals().getData())
  // The filter knows spacing but neither origin nor direction: only the rotation and the origin remain.
  const { direction } = volume.grid
  const placed = volumeFromIndex({ ...volume.grid, spacingMm: [1, 1, 1] })
  mapTriples(points, (p) => transformPoint(placed, p))
  mapTriples(normals, (n) => rotate(direction, n))
  return { points, normals, polygons: Uint32Array.from(mesh.getPolys().getData()) }
}

function mapTriples(values: Float32Array, map: (triple: Vector3) => Vector3): void {
  for (let i = 0; i + 2 < values.length; i += 3) {
    values.set(map([values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0]), i)
  }
}
