import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'

/** A point of another program's file, in LPS mm. */
export interface NamedPosition {
  readonly name: string
  readonly position: Vector3
}

/** Points as a file gave them, and what was converted or left out. */
export interface ReadPositions {
  readonly points: readonly NamedPosition[]
  readonly notes: readonly string[]
}

/** Brings a position of a stated coordinate system to LPS. Throws `UserError` for one that is no such system. */
export function lpsFrom(system: string, file: string): (position: Vector3) => Vector3 {
  switch (system.trim().toUpperCase()) {
    case 'LPS':
      return (position) => position
    case 'RAS':
      return ([x, y, z]) => [-x, -y, z]
    case '':
      throw new UserError(
        'geometry-missing',
        `"${file}" does not state its coordinate system, so left and right are not known.`,
        'Save it again in 3D Slicer, which states LPS or RAS.',
      )
    default:
      throw new UserError(
        'format-unsupported',
        `"${file}" gives its points in "${system.trim()}" coordinates; LPS and RAS are read.`,
        'Save it in LPS or RAS.',
      )
  }
}

/** Points without a name are numbered in the order of the file; a name that comes twice throws `UserError`. */
export function named(points: readonly NamedPosition[], file: string): readonly NamedPosition[] {
  const result = points.map(({ name, position }, index) => ({
    name: name.trim() === '' ? `P${index + 1}` : name.trim(),
    position,
  }))
  const names = result.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new UserError(
      'input-invalid',
      `"${file}" names "${twice}" twice, so the points can not be told apart.`,
      'Give every point a name of its own.',
    )
  }
  return result
}
