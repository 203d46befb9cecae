import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { CanvasSize } from '../../composables/use-canvas.js'
import { add, cross, dot, radians, scale, subtract, unit } from '../../geometry/math.js'

/** A perspective viewpoint, LPS mm. */
export interface Eye {
  readonly positionMm: Vector3
  readonly focalPointMm: Vector3
  readonly viewUp: Vector3
  /** Of the view's height. */
  readonly viewAngleDeg: number
}

export interface Ray {
  readonly originMm: Vector3
  /** Of length 1. */
  readonly direction: Vector3
}

interface Axes {
  readonly right: Vector3
  readonly down: Vector3
  readonly forward: Vector3
  /** Of the screen's plane at distance 1, per CSS pixel. */
  readonly perPixel: number
}

function axesOf({ positionMm, focalPointMm, viewUp, viewAngleDeg }: Eye, { height }: CanvasSize): Axes {
  const forward = unit(subtract(focalPointMm, positionMm))
  const right = unit(cross(forward, viewUp))
  const down = cross(forward, right)
  return { right, down, forward, perPixel: (2 * Math.tan(radians(viewAngleDeg) / 2)) / height }
}

/** The ray from the eye through a point of the screen, CSS pixels from the view's top left. */
export function rayThrough(eye: Eye, size: CanvasSize, at: { readonly x: number; readonly y: number }): Ray {
  const { right, down, forward, perPixel } = axesOf(eye, size)
  const across = scale(right, (at.x - size.width / 2) * perPixel)
  const along = scale(down, (at.y - size.height / 2) * perPixel)
  return { originMm: eye.positionMm, direction: unit(add(forward, add(across, along))) }
}

/** Where a place is seen, CSS pixels; null behind the eye. The inverse of {@link rayThrough}. */
export function seenAt(eye: Eye, size: CanvasSize, pointMm: Vector3): { x: number; y: number } | null {
  const { right, down, forward, perPixel } = axesOf(eye, size)
  const offset = subtract(pointMm, eye.positionMm)
  const depth = dot(offset, forward)
  if (depth <= 0) return null
  return {
    x: size.width / 2 + dot(offset, right) / depth / perPixel,
    y: size.height / 2 + dot(offset, down) / depth / perPixel,
  }
}
