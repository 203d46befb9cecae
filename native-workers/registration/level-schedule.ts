import { type Camera } from '../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { type MetricName } from '../contract/operations/register.js'
import { intrinsicNumbers } from '../geometry/camera.js'
import { transformPoint } from '../geometry/matrix.js'
import { type ChannelsName } from './metric-channels.js'
import { cameraFromVolume } from './pose-problem.js'

/** One stage of the coarse-to-fine schedule. */
export interface Stage {
  readonly name: string
  /** Edge of the compared part of the X-ray in pixels, as the root of its area. */
  readonly edgePixels: number
  /** The windows that are compared, or mutual information. */
  readonly channels: ChannelsName | 'mi'
  readonly maxRenders: number
  /** The coarsest volume level whose voxels are at most this many times a pixel's shadow at the isocentre. */
  readonly voxelsPerPixel: number
  /** Stop once points move by less than this share of a pixel's shadow. */
  readonly moveTolerancePixels: number
  readonly gainTolerance: number
  /** Isolated objects: pixels farther than this from the object's shadow do not count; mm at the object. */
  readonly silhouetteMarginMm?: number
}

const bodyDefaults = { maxRenders: 30, voxelsPerPixel: 1.25, moveTolerancePixels: 0.02, gainTolerance: 1e-4 }
/** Where little of the body is seen the loss is flat along the depth, and a looser tolerance stops on the way. */
const fineTolerance = { moveTolerancePixels: 0.005, gainTolerance: 5e-6 }

/**
 * Body in the field: global NCC finds the basin, the metric asked for refines (registration recipe §1). Sobel or local
 * windows alone shrink the first stage's basin.
 */
export function bodySchedule(metric: MetricName, finish: 'standard' | 'fine'): Stage[] {
  const stages: Stage[] = [
    { ...bodyDefaults, name: '32', edgePixels: 32, channels: 'ncc', voxelsPerPixel: 0.65 },
    { ...bodyDefaults, name: '64', edgePixels: 64, channels: metric },
    { ...bodyDefaults, ...fineTolerance, name: '128', edgePixels: 128, channels: metric },
  ]
  if (finish === 'fine') {
    stages.push({ ...bodyDefaults, name: '256', edgePixels: 256, channels: metric, maxRenders: 5 })
  }
  return stages
}

const isolatedDefaults = {
  maxRenders: 15,
  voxelsPerPixel: 0.8,
  moveTolerancePixels: 0.02,
  gainTolerance: 1e-5,
}

/**
 * One bone among others: gradient correlation near its shadow, since what surrounds it is not in the volume (registration
 * recipe §4). The margin must be wider than the start's error, or the true edges lie outside.
 */
export function isolatedSchedule(marginMm: number | undefined): Stage[] {
  const stage = (
    name: string,
    edgePixels: number,
    channels: ChannelsName,
    silhouetteMarginMm: number,
  ): Stage => ({
    ...isolatedDefaults,
    name,
    edgePixels,
    channels,
    silhouetteMarginMm: marginMm ?? silhouetteMarginMm,
  })
  return [
    stage('12', 12, 'global-ncc+gncc', 10),
    stage('24', 24, 'global-gncc', 8),
    stage('48', 48, 'global-gncc', 8),
    stage('96', 96, 'global-gncc', 8),
  ]
}

/** Size of one pixel projected back to a point of the volume, mm (the finer of columns and rows). */
export function pixelSizeAtMm(camera: Camera, worldFromVolume: Matrix4, pointMm: Vector3): number {
  const depthMm = transformPoint(cameraFromVolume(camera, worldFromVolume), pointMm)[2]
  const { fx, fy } = intrinsicNumbers(camera)
  return Math.abs(depthMm) / Math.max(fx, fy)
}

/** Index of the coarsest level (they go from fine to coarse) whose voxels are no larger than `limitMm`; else the finest. */
export function coarsestLevel(levelSpacingsMm: readonly number[], limitMm: number): number {
  let chosen = 0
  for (const [index, spacingMm] of levelSpacingsMm.entries()) if (spacingMm <= limitMm) chosen = index
  return chosen
}

/** The stage at which confidence is judged: the schedule's last one, but no finer than 128 pixels. */
export function judgementStage(stages: readonly Stage[]): Stage {
  return stages.findLast(({ edgePixels }) => edgePixels <= 128) ?? stages[0]
}
