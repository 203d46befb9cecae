import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { PoseStep } from '../../geometry/pose.js'

const still: Vector3 = [0, 0, 0]
/** Degrees per CSS pixel of a turning drag, and mm per pixel or wheel notch along the view. */
const turnDegPerPixel = 0.25
const depthMmPerPixel = 1
const depthMmPerNotch = 5
const rollDegPerNotch = 1

/**
 * The step of a drag by (dx, dy) CSS pixels. Plain drags keep the object under the pointer: `mmPerPixel` is the
 * size of a CSS pixel at the isocentre. Turning moves the side that faces the source with the pointer.
 */
export function dragStep(
  drag: { readonly dx: number; readonly dy: number; readonly shift: boolean; readonly control: boolean },
  mmPerPixel: number,
): PoseStep {
  if (drag.control) return { rotationDeg: still, translationMm: [0, 0, -drag.dy * depthMmPerPixel] }
  if (drag.shift) {
    return {
      rotationDeg: [drag.dy * turnDegPerPixel, -drag.dx * turnDegPerPixel, 0],
      translationMm: still,
    }
  }
  return { rotationDeg: still, translationMm: [drag.dx * mmPerPixel, drag.dy * mmPerPixel, 0] }
}

/** The step of one wheel notch: towards the source when turned forward; with Shift a roll. */
export function wheelStep(forward: boolean, shift: boolean): PoseStep {
  const sign = forward ? -1 : 1
  return shift
    ? { rotationDeg: [0, 0, sign * rollDegPerNotch], translationMm: still }
    : { rotationDeg: still, translationMm: [0, 0, sign * depthMmPerNotch] }
}

/** Directions of the nudging keys: a shift in camera axes, and with Alt the turn that looks alike. */
const nudges: Readonly<Record<string, { readonly shift: Vector3; readonly turn: Vector3 }>> = {
  ArrowLeft: { shift: [-1, 0, 0], turn: [0, 1, 0] },
  ArrowRight: { shift: [1, 0, 0], turn: [0, -1, 0] },
  ArrowUp: { shift: [0, -1, 0], turn: [-1, 0, 0] },
  ArrowDown: { shift: [0, 1, 0], turn: [1, 0, 0] },
  PageUp: { shift: [0, 0, -1], turn: [0, 0, -1] },
  PageDown: { shift: [0, 0, 1], turn: [0, 0, 1] },
}

/** The step of a key: 1 mm or, with Alt, 1 degree; ten times with Shift, a tenth with Ctrl. Null for other keys. */
export function keyStep(event: {
  readonly key: string
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
}): PoseStep | null {
  const nudge = nudges[event.key]
  if (nudge === undefined) return null
  const size = event.shiftKey ? 10 : event.ctrlKey ? 0.1 : 1
  const scaled = ([x, y, z]: Vector3): Vector3 => [x * size, y * size, z * size]
  return event.altKey
    ? { rotationDeg: scaled(nudge.turn), translationMm: still }
    : { rotationDeg: still, translationMm: scaled(nudge.shift) }
}
