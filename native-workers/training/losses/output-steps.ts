import { rotationNumbers } from '../networks/rotation-numbers.js'
import { type NetworkFrame } from '../sampling/network-frame.js'

/** Relative step of the rotation's numbers, against their root mean square but no less than `leastRotation`. */
const relativeStep = 1e-5
const leastRotation = 1e-2
const translationStepMm = 1e-2

/**
 * Steps for central differences over a network's outputs: the maps behind them are smooth, float64 and cheap, so that
 * differences are exact to about 1e-8.
 */
export function outputSteps(outputs: ArrayLike<number>, { network }: NetworkFrame): number[] {
  const count = rotationNumbers[network.parameterization]
  let squares = 0
  for (let n = 0; n < count; n++) squares += outputs[n] ** 2
  const rotation = relativeStep * Math.max(leastRotation, Math.sqrt(squares / count))
  const translation = translationStepMm / network.unitConversionFactor
  return Array.from({ length: count + 3 }, (_, n) => (n < count ? rotation : translation))
}

/** (f(x + h e) - f(x - h e)) / 2h for every output e, or null where f is null. */
export function centralDifferences<Value>(
  outputs: ArrayLike<number>,
  frame: NetworkFrame,
  difference: (after: Value, before: Value, distance: number) => number[],
  value: (outputs: Float64Array) => Value | null,
): number[][] | null {
  const rows: number[][] = []
  for (const [n, step] of outputSteps(outputs, frame).entries()) {
    const moved = (by: number) => {
      const tried = Float64Array.from(outputs)
      tried[n] += by
      return value(tried)
    }
    const [after, before] = [moved(step), moved(-step)]
    if (after === null || before === null) return null
    rows.push(difference(after, before, 2 * step))
  }
  return rows
}
