import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js'
import vtkImageMarchingCubes from '@kitware/vtk.js/Filters/General/ImageMarchingCubes.js'
import { type Volume } from '../../imaging/volume.js'
import { type TriangleMesh } from './triangle-mesh.js'

/**
 * The surface on which the trilinear voxels equal `threshold`, in voxel indices (integers are voxel centres), by
 * vtk.js. What reaches the volume's border is closed there: outside it counts as lower than everything.
 */
export function marchingCubes({ grid, voxels }: Volume, threshold: number): TriangleMesh {
  const [nx, ny, nz] = grid.size
  const [px, py] = [nx + 2, ny + 2]
  const padded = new Float32Array(px * py * (nz + 2)).fill(lowerThanAll(voxels, threshold))
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const from = (k * ny + j) * nx
      padded.set(voxels.subarray(from, from + nx), ((k + 1) * py + j + 1) * px + 1)
    }
  }
  const image = vtkImageData.newInstance()
  image.setDimensions([px, py, nz + 2])
  image.setOrigin([-1, -1, -1])
  image.getPointData().setScalars(vtkDataArray.newInstance({ numberOfComponents: 1, values: padded }))
  const filter = vtkImageMarchingCubes.newInstance({
    contourValue: threshold,
    computeNormals: false,
    mergePoints: true,
  })
  filter.setInputData(image)
  const mesh = withoutTiming(() => filter.getOutputData())
  return {
    points: Float32Array.from(mesh.getPoints().getData()),
    triangles: withoutCounts(mesh.getPolys().getData()),
  }
}

function lowerThanAll(voxels: Volume['voxels'], threshold: number): number {
  let least = threshold
  for (let n = 0; n < voxels.length; n++) if (voxels[n] < least) least = voxels[n]
  return least - 1
}

/** vtk.js' cells are each preceded by their number of points, here always 3. */
function withoutCounts(cells: ArrayLike<number>): Uint32Array {
  const triangles = new Uint32Array((cells.length / 4) * 3)
  for (let cell = 0; cell * 4 < cells.length; cell++) {
    for (let corner = 0; corner < 3; corner++) triangles[3 * cell + corner] = cells[4 * cell + 1 + corner]
  }
  return triangles
}

/** The filter prints its time on standard output, where it would corrupt the command line's JSON. */
function withoutTiming<Result>(work: () => Result): Result {
  const { time, timeEnd } = console
  console.time = () => undefined
  console.timeEnd = () => undefined
  try {
    return work()
  } finally {
    console.time = time
    console.timeEnd = timeEnd
  }
}
