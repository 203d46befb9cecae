import { type Matrix4 } from '../../contract/matrix.js'
import { type TransformSource } from '../../contract/operations/transform.js'
import { invertAffine } from '../../geometry/matrix.js'
import { readTransformFile } from './read-transform.js'

/** `originalFromMoved`, LPS mm. Errors: those of `readTransformFile`, `geometry-invalid` (no inverse). */
export async function loadTransform(source: TransformSource): Promise<Matrix4> {
  if (source.kind === 'matrix') return source.originalFromMoved
  const { matrix } = await readTransformFile(source.path)
  return source.invert ? invertAffine(matrix, `The transform of "${source.path}"`) : matrix
}

/** What a record says of a transform: its file's content by hash, else the matrix itself. */
export const recordedTransform = (source: TransformSource): object =>
  source.kind === 'matrix' ? { originalFromMoved: source.originalFromMoved } : { invert: source.invert }

export const transformInputs = (sources: readonly TransformSource[]): { role: string; path: string }[] =>
  sources.flatMap((source) => (source.kind === 'file' ? [{ role: 'transform', path: source.path }] : []))
