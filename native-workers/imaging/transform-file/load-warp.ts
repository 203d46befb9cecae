import { type Vector3 } from '../../contract/matrix.js'
import { type WarpSource } from '../../contract/operations/warp.js'
import { invertAffine } from '../../geometry/matrix.js'
import { type RigidWarp, rigidWarp } from '../../geometry/warp/rigid-warp.js'
import { readTransformFile } from './read-transform.js'

/**
 * The rigid or mirroring part of a warp's file, held at `anchorMm` (the patient volume's centre, LPS mm) where it
 * stretches. Errors: those of `readTransformFile`, `geometry-invalid` (no inverse).
 */
export async function loadWarp(
  { path, invert }: Pick<WarpSource, 'path' | 'invert'>,
  anchorMm: Vector3,
): Promise<RigidWarp> {
  const { matrix } = await readTransformFile(path)
  return rigidWarp(invert ? invertAffine(matrix, `The transform of "${path}"`) : matrix, anchorMm)
}
