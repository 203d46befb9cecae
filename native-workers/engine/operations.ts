import type { OperationRegistry } from './operation-registry.js'

/** Every operation of the engine, by its name in the contract. */
export const operations: Partial<OperationRegistry> = {}
