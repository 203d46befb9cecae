import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { distance, transformPoint } from '../../geometry/matrix.js'
import { detectFormat } from '../file-format.js'
import { gridOfImage } from '../itk/decoded-image.js'
import { readItkImage } from '../itk/image-io.js'
import { lpsFromIndex } from '../volume.js'

/** Largest distance between a voxel's centre on `grid` and where a written file's own header puts it. */
export async function storedWithinMm(path: string, grid: VolumeGrid): Promise<number> {
  const format = await detectFormat(path)
  if (format !== 'nifti' && format !== 'nifti-gz' && format !== 'nrrd' && format !== 'meta-image') {
    throw new Error(`"${path}" is no volume file.`)
  }
  const stored = lpsFromIndex(gridOfImage(await readItkImage(path, format, true)))
  const computed = lpsFromIndex(grid)
  // Both are affine, so the largest distance is at a corner.
  return Math.max(
    ...corners(grid).map((index) => distance(transformPoint(stored, index), transformPoint(computed, index))),
  )
}

function corners({ size: [nx, ny, nz] }: VolumeGrid): Vector3[] {
  return [0, nx - 1].flatMap((i) => [0, ny - 1].flatMap((j) => [0, nz - 1].map((k): Vector3 => [i, j, k])))
}
