export type ElementType = 'float' | 'int64' | 'bool'

/** A value of a graph, known by its name. Shapes are fixed but for the batch, which an exported network leaves open. */
export interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly type: ElementType
}

export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1)

/** The shape of two tensors combined element by element, NumPy's way. Throws where they do not fit. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const sizeA = a[axis - rank + a.length] ?? 1
    const sizeB = b[axis - rank + b.length] ?? 1
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new Error(`Shapes [${a.join(', ')}] and [${b.join(', ')}] do not fit together.`)
    }
    return Math.max(sizeA, sizeB)
  })
}
