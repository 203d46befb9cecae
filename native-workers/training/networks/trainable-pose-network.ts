import { type NetworkDescription } from '../../contract/training/network.js'
import { type Graph, GraphBuilder } from '../graph/graph-builder.js'
import { Tape } from '../graph/tape.js'
import { type TrainableNetwork } from '../graph/training-graph.js'
import { type NamedArray } from '../trainer.js'
import { type ParameterDeclaration } from './parameter-store.js'
import { poseNetwork, type PoseStart } from './pose-network.js'
import { type ResnetShape } from './resnet.js'

export interface DeclaredNetwork extends TrainableNetwork {
  readonly parameters: readonly ParameterDeclaration[]
}

/** A pose network for square pictures, with what its parameters are and start from. `shape` is for tests. */
export function trainablePoseNetwork(
  description: NetworkDescription,
  height: number,
  start?: PoseStart,
  shape?: ResnetShape,
): DeclaredNetwork {
  const parameters: ParameterDeclaration[] = []
  const graph = new GraphBuilder()
  const declare = (declaration: ParameterDeclaration) => {
    parameters.push(declaration)
    return graph.input(declaration.name, declaration.shape)
  }
  const example = graph.input('xrays', [1, 1, height, height])
  poseNetwork({ tape: new Tape(graph), parameter: declare }, description, example, start, shape)
  return {
    parameters,
    build: (tape, xrays, tensors) => {
      const parameter = ({ name }: ParameterDeclaration) => {
        const tensor = tensors.get(name)
        if (tensor === undefined) throw new Error(`The parameter "${name}" is absent.`)
        return tensor
      }
      return poseNetwork({ tape, parameter }, description, xrays, start, shape)
    },
  }
}

/**
 * The network with its parameters in it, as it is exported: input `xray` [batch, 1, height, height], outputs
 * `rotation` [batch, n] and `translation` [batch, 3].
 */
export function inferenceGraph(
  description: NetworkDescription,
  height: number,
  parameters: readonly NamedArray[],
  shape?: ResnetShape,
): Graph {
  const graph = new GraphBuilder()
  const values = new Map(parameters.map((parameter) => [parameter.name, parameter]))
  const parameter = ({ name, shape: expected }: ParameterDeclaration) => {
    const found = values.get(name)
    if (found === undefined || found.shape.join() !== expected.join()) {
      throw new Error(`The parameter "${name}" is absent or of another shape.`)
    }
    return graph.initializer(name, found.shape, found.values)
  }
  const xray = graph.input('xray', [1, 1, height, height])
  const outputs = poseNetwork({ tape: new Tape(graph), parameter }, description, xray, undefined, shape)
  graph.output('rotation', outputs.rotation)
  graph.output('translation', outputs.translation)
  return graph.build()
}
