import { elementCount } from '../graph/tensor.js'
import { type NamedArray } from '../trainer.js'
import { type Initialisation, type ParameterDeclaration } from './parameter-store.js'

/**
 * First values of a network's parameters, the same for the same seed.
 * @param uniform numbers in 0..1, drawn in the order of the parameters
 */
export function initialParameters(
  declarations: readonly ParameterDeclaration[],
  uniform: () => number,
): NamedArray[] {
  return declarations.map(({ name, shape, initialisation }) => {
    const values = new Float32Array(elementCount(shape))
    fill(values, initialisation, uniform)
    return { name, shape, values }
  })
}

function fill(values: Float32Array, initialisation: Initialisation, uniform: () => number): void {
  switch (initialisation.kind) {
    case 'constant':
      values.fill(initialisation.value)
      break
    case 'values':
      values.set(initialisation.values)
      break
    case 'uniform':
      for (let n = 0; n < values.length; n++) values[n] = (2 * uniform() - 1) * initialisation.bound
      break
    case 'normal':
      for (let n = 0; n < values.length; n++) values[n] = normal(uniform) * initialisation.deviation
      break
  }
}

/** Box and Muller's transform. */
function normal(uniform: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
  return radius * Math.cos(2 * Math.PI * uniform())
}
