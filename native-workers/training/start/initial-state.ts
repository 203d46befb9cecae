import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { initialParameters } from '../networks/initial-parameters.js'
import { type PoseStart } from '../networks/pose-network.js'
import { rotationNumbers } from '../networks/rotation-numbers.js'
import { trainablePoseNetwork, type DeclaredNetwork } from '../networks/trainable-pose-network.js'
import { randomStream } from '../random/random-stream.js'
import { streamKey } from '../random/stream-key.js'
import { networkFrame } from '../sampling/network-frame.js'
import { diffdrrPose } from '../sampling/sample-pose.js'
import { extrinsicFromDiffdrr, targetsFromExtrinsic } from '../sampling/targets-from-pose.js'
import { type NamedArray, type TrainerState } from '../trainer.js'

/** The network of a configuration; its untrained heads answer with the middle of the pose ranges. */
export function networkOf(configuration: TrainingConfiguration): DeclaredNetwork {
  return trainablePoseNetwork(configuration.network, configuration.detector.height, middleOf(configuration))
}

function middleOf(configuration: TrainingConfiguration): PoseStart {
  const { r1Deg, r2Deg, r3Deg, txMm, tyMm, tzMm } = configuration.sampling.range
  const middle = ([low, high]: readonly [number, number]) => (low + high) / 2
  const frame = networkFrame(configuration)
  const pose = diffdrrPose(
    {
      rotationDeg: [middle(r1Deg), middle(r2Deg), middle(r3Deg)],
      translationMm: [middle(txMm), middle(tyMm), middle(tzMm)],
    },
    frame.side,
  )
  const numbers = targetsFromExtrinsic(extrinsicFromDiffdrr(pose), frame)
  const count = rotationNumbers[configuration.network.parameterization]
  return { rotation: numbers.slice(0, count), translation: numbers.slice(count) }
}

/** An optimiser that has not done anything yet, for given parameters or for new ones of the seed. */
export function freshState(
  network: DeclaredNetwork,
  seed: number,
  parameters: readonly NamedArray[] = newParameters(network, seed),
): TrainerState {
  const zeros = () => parameters.map((array) => ({ ...array, values: new Float32Array(array.values.length) }))
  return { parameters, firstMoments: zeros(), secondMoments: zeros(), updates: 0 }
}

function newParameters(network: DeclaredNetwork, seed: number): NamedArray[] {
  const random = randomStream(seed, streamKey.parameters)
  return initialParameters(network.parameters, () => random.uniform(0, 1))
}
