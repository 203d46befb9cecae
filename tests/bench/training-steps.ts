import { writeSync } from 'node:fs'
import { type NetworkName } from '../../native-workers/contract/training/network.js'
import { initialParameters } from '../../native-workers/training/networks/initial-parameters.js'
import { trainablePoseNetwork } from '../../native-workers/training/networks/trainable-pose-network.js'
import { OnnxTrainer } from '../../native-workers/training/onnx-trainer/onnx-trainer.js'
import { uniformGenerator } from '../support/random.js'

/*
 * A process of the bench: `node training-steps.js NETWORK BATCH HEIGHT STEPS` trains on one thread and tells the
 * milliseconds that the steps took, those that they kept a processor busy, and its peak memory in KiB, as JSON, to file descriptor 3.
 */

const [name, ...given] = process.argv.slice(2)
const [batch, height, steps] = given.map(Number)
const numbers = 13
const uniform = uniformGenerator(1)
const network = trainablePoseNetwork(
  {
    name: name as NetworkName,
    parameterization: 'quaternion_adjugate',
    convention: 'ZXY',
    unitConversionFactor: 1000,
  },
  height,
)
const parameters = initialParameters(network.parameters, uniform)
const zeros = parameters.map(({ name: of, shape, values }) => ({
  name: of,
  shape,
  values: new Float32Array(values.length),
}))
const trainer = await OnnxTrainer.open(
  network,
  { parameters, firstMoments: zeros, secondMoments: zeros, updates: 0 },
  {
    provider: 'cpu',
    threads: 1,
    height,
    microBatch: batch,
    millimetresPerNumber: new Array<number>(numbers).fill(1),
    poseWeight: 1,
    clip: 0,
    weightDecay: 0,
  },
)
const samples = {
  count: batch,
  xrays: Float32Array.from({ length: batch * height ** 2 }, uniform),
  targets: Float32Array.from({ length: batch * numbers }, uniform),
  sampleWeights: new Float32Array(batch).fill(1 / batch),
  outputGradients: new Float32Array(batch * numbers),
}
const milliseconds: number[] = []
const processorMilliseconds: number[] = []
for (let step = 0; step < steps; step++) {
  const [started, used] = [performance.now(), process.cpuUsage()]
  await trainer.step(samples, 1e-3)
  milliseconds.push(performance.now() - started)
  const { user, system } = process.cpuUsage(used)
  processorMilliseconds.push((user + system) / 1000)
}
writeSync(
  3,
  JSON.stringify({ milliseconds, processorMilliseconds, peakKibibytes: process.resourceUsage().maxRSS }),
)
