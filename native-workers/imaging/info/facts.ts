import { type Vector3 } from '../../contract/matrix.js'
import { type InfoOutput, type VolumeGrid } from '../../contract/operations/volume.js'

export type Facts = InfoOutput['facts']

/** Facts in the given order, without those whose value is absent. */
export function factList(entries: readonly (readonly [name: string, value: string | undefined])[]): Facts {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}

/** Up to `digits` decimals, without trailing zeros. */
export const decimal = (value: number, digits = 4): string => String(Number(value.toFixed(digits)))

export const millimetres = (values: readonly number[]): string =>
  `${values.map((value) => decimal(value)).join(' x ')} mm`

export const point = (values: Vector3): string =>
  `(${values.map((value) => decimal(value, 3)).join(', ')}) mm`

/** The patient direction, as a letter, that each voxel axis mostly points to: L/R, P/A, S/I. */
export function axisLetters({ direction }: VolumeGrid): string {
  const letters = [
    ['R', 'L'],
    ['A', 'P'],
    ['I', 'S'],
  ] as const
  return ([0, 1, 2] as const)
    .map((axis) => {
      const components = direction.map((row) => row[axis])
      const largest = components.map(Math.abs).indexOf(Math.max(...components.map(Math.abs)))
      return letters[largest][components[largest] > 0 ? 1 : 0]
    })
    .join('')
}

export function gridFacts(grid: VolumeGrid): Facts {
  return factList([
    ['size', `${grid.size.join(' x ')} voxels`],
    ['spacing', millimetres(grid.spacingMm)],
    ['extent', millimetres(grid.size.map((size, axis) => size * grid.spacingMm[axis]))],
    ['first voxel (LPS)', point(grid.originMm)],
    ['axes point to', axisLetters(grid)],
  ])
}
