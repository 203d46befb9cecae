import { type GraphBuilder } from '../graph-builder.js'
import { slice, type Window } from '../operators.js'
import { type Tensor } from '../tensor.js'
import { kernelPlaces } from './kernel-places.js'

/**
 * What each place of a window's kernel sees of padded pictures: for every place, row-major, [..., ...spatial'] of
 * x [a, b, ...spatial]. With strides, the pixels are first parted by their remainder: the slices that follow copy whole
 * rows, which runtimes do many times faster than picking single pixels.
 */
export function windowViews(
  graph: GraphBuilder,
  x: Tensor,
  { kernel, strides }: Omit<Window, 'padding'>,
  outputSize: readonly number[],
): Tensor[] {
  const axes = kernel.map((_, n) => n + 2)
  const isParted = strides.some((stride) => stride > 1) && kernel.some((size, n) => size > strides[n])
  const steps = isParted ? strides.map(() => 1) : strides
  const parts = new Map<string, Tensor>()
  const partOf = (remainders: readonly number[]): Tensor => {
    if (!isParted) return x
    const known = parts.get(remainders.join())
    if (known !== undefined) return known
    const ends = axes.map((axis) => x.shape[axis])
    const part = slice(graph, x, { axes, starts: remainders, ends, steps: strides })
    parts.set(remainders.join(), part)
    return part
  }
  return kernelPlaces(kernel).map((place) => {
    const part = partOf(isParted ? place.map((start, n) => start % strides[n]) : place)
    const starts = isParted ? place.map((start, n) => Math.floor(start / strides[n])) : place
    const ends = starts.map((start, n) => start + (outputSize[n] - 1) * steps[n] + 1)
    const isWhole = axes.every((axis, n) => starts[n] === 0 && steps[n] === 1 && ends[n] === part.shape[axis])
    return isWhole ? part : slice(graph, part, { axes, starts, ends, steps })
  })
}
