import { z } from 'zod'
import { checkpointSchema } from '../training/checkpoint.js'
import { trainingConfigurationSchema } from '../training/configuration.js'
import { trainingMeasurementSchema } from '../training/measurement.js'
import { warpSourceSchema } from './warp.js'

/** What computes: `auto` takes the first of CUDA, WebGPU and CPU that works; `tensorflow` is optional. */
export const trainingDeviceSchema = z.enum(['auto', 'cuda', 'webgpu', 'cpu'])
export const trainerNameSchema = z.enum(['onnx', 'tensorflow'])

const machineShape = {
  device: trainingDeviceSchema.default('auto'),
  trainer: trainerNameSchema.default('onnx'),
  threads: z.int().positive().optional(),
}

/** Trains a network on X-rays rendered from CTs; a checkpoint to start from makes it a fine-tuning. */
export const trainInputSchema = z.object({
  configuration: trainingConfigurationSchema,
  /** A checkpoint (file, or folder for its newest) whose weights are the start; its network must be the same. */
  checkpoint: z.string().optional(),
  /** From the frame that the checkpoint's poses are in to the subject's (template to patient). */
  warp: warpSourceSchema.optional(),
  /** For checkpoints, `log.jsonl` and TensorBoard's events; must hold no other training. */
  folder: z.string().min(1),
  ...machineShape,
})

/** Goes on where the newest checkpoint of a training left off. */
export const restartTrainingInputSchema = z.object({
  /** A checkpoint, or the folder of a training. */
  checkpoint: z.string().min(1),
  ...machineShape,
})

export const trainOutputSchema = z.object({
  folder: z.string(),
  iteration: z.int().nonnegative(),
  /** JSON files. */
  lastCheckpoint: z.string(),
  bestCheckpoint: z.string(),
  medianMtreMm: z.number().nullable(),
  skipped: z.int().nonnegative(),
  /** What ran, e.g. "onnxruntime, CPU, 2 threads", and why not a faster one. */
  device: z.string(),
  notes: z.array(z.string()),
})
export type TrainInput = z.infer<typeof trainInputSchema>
export type RestartTrainingInput = z.infer<typeof restartTrainingInputSchema>
export type TrainOutput = z.infer<typeof trainOutputSchema>

/** What a checkpoint or a training's folder holds, for windows and listings. */
export const readTrainingInputSchema = z.object({ path: z.string().min(1) })
export const readTrainingOutputSchema = z.object({
  folder: z.string(),
  checkpoint: checkpointSchema,
  /** The checkpoint's JSON file, or xvr's `.pth`. */
  checkpointPath: z.string(),
  /** From `log.jsonl`, thinned evenly to at most 2000 steps; empty where there is no log. */
  measurements: z.array(trainingMeasurementSchema),
  isFinished: z.boolean(),
})
export type ReadTrainingInput = z.infer<typeof readTrainingInputSchema>
export type ReadTrainingOutput = z.infer<typeof readTrainingOutputSchema>
