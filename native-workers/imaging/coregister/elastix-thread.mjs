// The thread in which elastix runs: it neither reports progress nor can be interrupted, so cancelling ends the thread.
// Plain JavaScript, since Node starts it from source and from the build alike.
import { parentPort } from 'node:worker_threads'
import { elastixNode } from '@itk-wasm/elastix'

if (parentPort === null) throw new Error('This module runs as a thread of the engine.')
const port = parentPort
port.on('message', (/** @type {{ fixed: object, moving: object, parameterMap: object }} */ task) => {
  void answer(task)
})

/** @param {{ fixed: object, moving: object, parameterMap: object }} task */
async function answer({ fixed, moving, parameterMap }) {
  try {
    const { transform } = await Reflect.apply(elastixNode, undefined, [[parameterMap], { fixed, moving }])
    port.postMessage({ transform })
  } catch (error) {
    // The library throws bare numbers.
    port.postMessage({ failure: error instanceof Error ? error.message : `exception ${String(error)}` })
  }
}
