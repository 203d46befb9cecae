import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { invertRigid, linearPart, multiply3, multiply4, transformPoint } from '../../geometry/matrix.js'
import { matrixOfTransform } from '../transform-file/linear-transform.js'
import { type Volume } from '../volume.js'

/** How one run of elastix searches. */
export interface ElastixSettings {
  readonly motion: 'rigid' | 'affine'
  /** From coarse to fine, each half as smooth as the one before. */
  readonly resolutions: number
  /** Per resolution. */
  readonly iterations: number
  /** Random points per iteration. */
  readonly samples: number
  /** Of the random points. */
  readonly seed: number
}

/** Registers pairs of volumes by elastix, one after the other. */
export interface Elastix {
  /**
   * The motion movingFromFixed (LPS mm) that maximises the Mattes mutual information near `start`, which must be rigid.
   * The same input gives the same answer. Errors: `no-overlap` (too few points of the fixed volume fall into the moving
   * one), `cancelled`.
   */
  register(
    fixed: Volume<Float32Array>,
    moving: Volume<Float32Array>,
    start: Matrix4,
    settings: ElastixSettings,
  ): Promise<Matrix4>
}

/**
 * Lends elastix in a thread of its own, which ends with `use` and at once when `signal` aborts: elastix can't be
 * interrupted. @itk-wasm/elastix is young (one release); nothing else of the house knows it.
 */
export async function withElastix<Result>(
  signal: AbortSignal,
  use: (elastix: Elastix) => Promise<Result>,
): Promise<Result> {
  throwIfCancelled(signal)
  // The library talks on standard output, which belongs to the command line's result.
  const thread = new Worker(new URL('./elastix-thread.mjs', import.meta.url), { stdout: true, stderr: true })
  thread.stdout.resume()
  thread.stderr.resume()
  const end = () => void thread.terminate()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await use({
      register: (fixed, moving, start, settings) => register(thread, signal, fixed, moving, start, settings),
    })
  } finally {
    signal.removeEventListener('abort', end)
    await thread.terminate()
  }
}

const transformSchema = z.object({
  transformType: z.object({ transformParameterization: z.string() }),
  parameters: z.unknown(),
  fixedParameters: z.unknown(),
})
const answerSchema = z.union([
  z.object({ transform: z.array(transformSchema) }),
  z.object({ failure: z.string() }),
])

async function register(
  thread: Worker,
  signal: AbortSignal,
  fixed: Volume<Float32Array>,
  moving: Volume<Float32Array>,
  start: Matrix4,
  settings: ElastixSettings,
): Promise<Matrix4> {
  const answered = nextMessage(thread, signal)
  thread.postMessage({
    fixed: itkImage(fixed),
    // elastix needs its initial transforms in a form of their own, so the moving volume is put at the start instead.
    moving: itkImage(moved(moving, invertRigid(start))),
    parameterMap: parameterMap(settings),
  })
  const answer = answerSchema.parse(await answered)
  if ('failure' in answer) {
    throw new UserError(
      'no-overlap',
      'The volumes overlap too little to be registered from this start.',
      'Check that both show the same part of the body.',
    )
  }
  const found = answer.transform.find(
    ({ transformType }) => transformType.transformParameterization !== 'Composite',
  )
  if (found === undefined) throw new Error('elastix gave no transform.')
  const entry = {
    typeName: `${found.transformType.transformParameterization}Transform`,
    parameters: numbersOf(found.parameters),
    fixedParameters: numbersOf(found.fixedParameters),
  }
  return multiply4(start, matrixOfTransform(entry, "elastix' result"))
}

const numbersOf = (values: unknown): number[] => (values instanceof Float64Array ? Array.from(values) : [])

function nextMessage(thread: Worker, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      settle()
    }
    const onMessage = (message: unknown) => finish(() => resolve(message))
    const onError = (error: Error) => finish(() => reject(error))
    const onExit = () =>
      finish(() => {
        try {
          throwIfCancelled(signal)
          reject(new Error('The thread of elastix ended early.'))
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
  })
}

/** The volume as if its frame were moved by a rigid motion. */
function moved({ grid, voxels }: Volume<Float32Array>, motion: Matrix4): Volume<Float32Array> {
  return {
    grid: {
      ...grid,
      originMm: transformPoint(motion, grid.originMm),
      direction: multiply3(linearPart(motion), grid.direction),
    },
    voxels,
  }
}

function itkImage({ grid, voxels }: Volume<Float32Array>) {
  return {
    imageType: { dimension: 3, componentType: 'float32', pixelType: 'Scalar', components: 1 },
    name: '',
    origin: [...grid.originMm],
    spacing: [...grid.spacingMm],
    direction: new Float64Array(grid.direction.flat()),
    size: [...grid.size],
    metadata: new Map<string, string>(),
    data: voxels,
  }
}

/** elastix' parameter map; every value is a list of words. */
function parameterMap({ motion, resolutions, iterations, samples, seed }: ElastixSettings) {
  const words: Readonly<Record<string, string | number | boolean>> = {
    Registration: 'MultiResolutionRegistration',
    Transform: motion === 'rigid' ? 'EulerTransform' : 'AffineTransform',
    Metric: 'AdvancedMattesMutualInformation',
    Optimizer: 'AdaptiveStochasticGradientDescent',
    ImageSampler: 'RandomCoordinate',
    FixedImagePyramid: 'FixedSmoothingImagePyramid',
    MovingImagePyramid: 'MovingSmoothingImagePyramid',
    Interpolator: 'LinearInterpolator',
    Resampler: 'DefaultResampler',
    ResampleInterpolator: 'FinalLinearInterpolator',
    AutomaticParameterEstimation: true,
    AutomaticScalesEstimation: true,
    NewSamplesEveryIteration: true,
    NumberOfResolutions: resolutions,
    MaximumNumberOfIterations: iterations,
    NumberOfSpatialSamples: samples,
    NumberOfSamplesForExactGradient: 4096,
    MaximumNumberOfSamplingAttempts: 8,
    // A small volume inside a large one leaves most points of the fixed volume without a partner.
    RequiredRatioOfValidSamples: 0.05,
    RandomSeed: seed,
    WriteResultImage: false,
    WriteIterationInfo: false,
  }
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, [String(value)]]))
}
