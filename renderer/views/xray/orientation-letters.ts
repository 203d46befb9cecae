import type { Matrix4, Vector3 } from '../../../native-workers/contract/matrix.js'
import type { Plane } from '../slices/plane.js'

/** Letters of the patient's directions: towards positive and towards negative LPS. */
const letters = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
] as const

/** Which directions of the patient lie at the edges of a camera's picture: at each edge the one that points there most. */
export function lettersAtEdges(cameraFromVolume: Matrix4): Plane['letters'] {
  const [x, y] = cameraFromVolume
  const [left, right] = ends([x[0], x[1], x[2]])
  const [top, bottom] = ends([y[0], y[1], y[2]])
  return { left, right, top, bottom }
}

/** Letters at the small and at the large end of a picture axis, given as the axis' direction in LPS. */
function ends(direction: Vector3): readonly [string, string] {
  const sizes = direction.map(Math.abs)
  const axis = sizes.indexOf(Math.max(...sizes))
  const [positive, negative] = letters[axis] ?? ['', '']
  return (direction[axis] ?? 0) > 0 ? [negative, positive] : [positive, negative]
}
