import { parentPort } from 'node:worker_threads'
import { serveBatches } from './serve-batches.js'

// The entry of a worker thread: an own file of the bundle, beside the code that starts it.
if (parentPort === null) throw new Error('This module runs as a worker thread.')
serveBatches(parentPort)
