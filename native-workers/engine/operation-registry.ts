import type { OperationInput, OperationName, OperationOutput } from '../contract/operations/index.js'
import type { Operation } from '../contract/progress.js'

/** The implementation of every operation of the contract. */
export type OperationRegistry = {
  readonly [Name in OperationName]: Operation<OperationInput<Name>, OperationOutput<Name>>
}
