// A helper thread of the renderer: one instance of the kernel over the shared memory, serving rounds until told to quit.
// Plain JavaScript, since Node starts it from source and from the build alike.
import { parentPort, workerData } from 'node:worker_threads'

/** @type {{ module: WebAssembly.Module, memory: WebAssembly.Memory, stackTop: number, control: number }} */
const { module, memory, stackTop, control } = workerData
const { exports } = await WebAssembly.instantiate(module, { env: { memory } })
const { __stack_pointer: stackPointer, serve_rounds: serveRounds } = exports
if (
  !(stackPointer instanceof WebAssembly.Global) ||
  typeof serveRounds !== 'function' ||
  parentPort === null
) {
  throw new Error('The kernel lacks an export that the renderer needs.')
}
stackPointer.value = stackTop
parentPort.postMessage('ready')
parentPort.close()
Reflect.apply(serveRounds, undefined, [control, 0])
