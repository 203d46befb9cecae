import { type Tensor } from '../graph/tensor.js'

/** How a parameter's first values are drawn. */
export type Initialisation =
  /** Normal with variance 2 / fanOut, as timm's ResNets start their convolutions. */
  | { readonly kind: 'normal'; readonly deviation: number }
  /** Uniform in -bound..bound, as PyTorch starts linear layers. */
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'values'; readonly values: readonly number[] }

export interface ParameterDeclaration {
  readonly name: string
  readonly shape: readonly number[]
  readonly initialisation: Initialisation
  /** Factor on the learning rate; 1 when absent. */
  readonly rate?: number
}

/** Gives a network's layers their parameters, in whatever form a graph holds them. */
export type DeclareParameter = (declaration: ParameterDeclaration) => Tensor
