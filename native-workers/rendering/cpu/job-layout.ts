import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { type Pointer, type SharedArena } from './shared-arena.js'

export const jobBytes = 52 * 4

/** What a job renders; the numbers of job.h. */
export const renderMode = {
  image: 0,
  jacobian: 1,
  siddon: 2,
  siddonChannels: 3,
  trilinearChannels: 4,
} as const
export type RenderMode = (typeof renderMode)[keyof typeof renderMode]

/** Floats per pixel of the Jacobian picture: rotation (3), translation (3), image, validity. */
export const pixelFloats = 8
export const pixelImage = 6
export const pixelValid = 7

/** A bundle of rays: the vector at pixel (0, 0) and its change per column and per row. */
export interface RayField {
  readonly first: Vector3
  readonly perColumn: Vector3
  readonly perRow: Vector3
}

/** One picture for the kernel; the fields of job.h. */
export interface Job {
  readonly size: Vector3
  readonly voxels: Pointer
  readonly labels: Pointer
  readonly width: number
  readonly height: number
  readonly valid: Pointer
  readonly target: Pointer
  readonly out: Pointer
  /** Index space of the level. */
  readonly source: Vector3
  readonly rays: RayField
  /** Millimetres in the twist's basis. */
  readonly basisRays: RayField
  readonly basisGradient: Matrix3
  readonly lever: Vector3
  readonly sampling:
    | { readonly stepMm: number }
    | { readonly alphaFirst: number; readonly alphaStep: number; readonly count: number }
  readonly capAxis: number
  readonly capEnds: number
  readonly channels: number
  readonly mode: RenderMode
  readonly rowSums: Pointer
}

/** Writes `job` at `pointer` in the field order of job.h. */
export function writeJob(arena: SharedArena, pointer: Pointer, job: Job): void {
  const words = arena.words(pointer, jobBytes / 4)
  const floats = arena.floats(pointer, jobBytes / 4)
  let at = 0
  const putWords = (...values: readonly number[]) => {
    for (const value of values) words[at++] = value
  }
  const putFloats = (...values: readonly number[]) => {
    for (const value of values) floats[at++] = value
  }
  const { rays, basisRays, sampling } = job
  putWords(...job.size, job.voxels, job.labels, job.width, job.height, job.valid, job.target, job.out)
  putFloats(...job.source, ...rays.first, ...rays.perColumn, ...rays.perRow)
  putFloats(...basisRays.first, ...basisRays.perColumn, ...basisRays.perRow)
  putFloats(...job.basisGradient.flat(), ...job.lever)
  if ('stepMm' in sampling) {
    putFloats(sampling.stepMm, 0, 0)
    putWords(0)
  } else {
    putFloats(0, sampling.alphaFirst, sampling.alphaStep)
    putWords(sampling.count)
  }
  putWords(job.capAxis, job.capEnds, job.channels, job.mode, job.rowSums)
}
