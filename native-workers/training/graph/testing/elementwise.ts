import { broadcastShape } from '../tensor.js'
import { broadcast, type NumberArray } from './array.js'
import { type OperatorRule } from './operator.js'

const unary =
  (rule: (x: number) => number): OperatorRule =>
  ([x]) => ({ shape: x.shape, values: x.values.map(rule) })

const binary =
  (rule: (a: number, b: number) => number): OperatorRule =>
  ([first, second]) => {
    const shape = broadcastShape(first.shape, second.shape)
    const [a, b] = [broadcast(first, shape), broadcast(second, shape)]
    return { shape, values: a.values.map((value, n) => rule(value, b.values[n])) }
  }

function where([condition, yes, no]: readonly NumberArray[]): NumberArray {
  const shape = broadcastShape(condition.shape, broadcastShape(yes.shape, no.shape))
  const [c, y, n] = [condition, yes, no].map((input) => broadcast(input, shape).values)
  return { shape, values: c.map((value, at) => (value === 0 ? n[at] : y[at])) }
}

/** The error function by its series, which converges well for the arguments of tests (|x| < 4). */
function errorFunction(x: number): number {
  let [sum, term] = [x, x]
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

export const elementwiseRules: Readonly<Record<string, OperatorRule>> = {
  Abs: unary(Math.abs),
  Erf: unary(errorFunction),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Reciprocal: unary((x) => 1 / x),
  Relu: unary((x) => Math.max(0, x)),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  Sign: unary(Math.sign),
  Sqrt: unary(Math.sqrt),
  Tanh: unary(Math.tanh),
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary((a, b) => a / b),
  Min: binary(Math.min),
  Max: binary(Math.max),
  Equal: binary((a, b) => Number(a === b)),
  Greater: binary((a, b) => Number(a > b)),
  Where: where,
}
