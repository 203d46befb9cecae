import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type Motion } from '../../contract/operations/transform.js'

const kinds: Readonly<Record<Motion['kind'], string>> = {
  identity: 'identity',
  translation: 'translation',
  rigid: 'rigid',
  mirror: 'mirror (left and right change places)',
  affine: 'affine (stretches or shears)',
}

/** A transform in lines of a table: what it does to the volume, and its matrix. */
export function transformFacts(
  originalFromMoved: Matrix4,
  { kind, isMirror, rotationDeg, stretches }: Motion,
): { name: string; value: string }[] {
  return [
    { name: 'kind', value: `${kinds[kind]}${kind === 'affine' && isMirror ? ', mirrors' : ''}` },
    ...(kind === 'identity' || kind === 'translation'
      ? []
      : [{ name: 'rotation', value: `${rotationDeg.toFixed(4)} degrees` }]),
    ...(kind === 'affine' ? [{ name: 'stretches', value: stretchText(stretches) }] : []),
    ...originalFromMoved.map((row, index) => ({
      name: index === 0 ? 'originalFromMoved' : '',
      value: row.map((value) => value.toFixed(6).padStart(14)).join(''),
    })),
  ]
}

const stretchText = (stretches: Vector3): string => stretches.map((value) => value.toFixed(5)).join(', ')
