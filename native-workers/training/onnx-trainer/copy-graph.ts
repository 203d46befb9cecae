import { type Graph, GraphBuilder } from '../graph/graph-builder.js'
import { nextName, stateNames, type TrainableNetwork } from '../graph/training-graph.js'

/** Gives a network's parameters and moments as they are, under the names of the next ones. */
export function copyGraph(network: TrainableNetwork): Graph {
  const graph = new GraphBuilder()
  for (const { name, shape } of network.parameters) {
    const { parameter, firstMoment, secondMoment } = stateNames(name)
    for (const tensor of [parameter, firstMoment, secondMoment]) {
      graph.output(nextName(tensor), graph.node('Identity', [graph.input(tensor, shape)], shape))
    }
  }
  return graph.build()
}
