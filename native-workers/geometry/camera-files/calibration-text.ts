import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { assertCamera } from '../assert-camera.js'
import { affine } from '../matrix.js'

/** Headings of a MayaCam 2 text, in its order, with the count of numbers below each. */
const sectionSizes = { 'image size': 2, 'camera matrix': 9, rotation: 9, translation: 3 } as const
type Heading = keyof typeof sectionSizes
const headings: readonly Heading[] = ['image size', 'camera matrix', 'rotation', 'translation']

/** Whether a text is laid out as MayaCam 2, which XMALab writes. */
export const isCalibrationText = (text: string): boolean => /^\s*image size\s*$/im.test(text)

/**
 * A camera of MayaCam 2 / XMALab calibration text: plain OpenCV form (x_camera = R x_world + t, u = fx x/z + cx,
 * v downward from the top row), millimetres, numbers separated by commas or blanks. The calibration's world is
 * taken as the world; its pixel pitch is not in the file. Throws `UserError`: `format-unsupported` for other
 * layouts, `file-truncated` for missing numbers, `geometry-invalid` for cameras that can't be.
 */
export function parseCalibrationText(text: string, name: string): Camera {
  const sections = readSections(text, name)
  const numbers = (heading: Heading) => {
    const found = sections.get(heading) ?? []
    if (found.length === sectionSizes[heading]) return found
    throw new UserError(
      found.length < sectionSizes[heading] ? 'file-truncated' : 'format-unsupported',
      `"${name}" has ${String(found.length)} numbers below "${heading}" where ${String(sectionSizes[heading])} belong.`,
      'Export the calibration again as MayaCam 2.0.',
    )
  }
  const [width, height] = numbers('image size')
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new UserError(
      'geometry-invalid',
      `"${name}" gives an image of ${String(width)} x ${String(height)} pixels.`,
    )
  }
  const camera: Camera = {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize: { width, height },
    intrinsics: matrix3(numbers('camera matrix')),
    cameraFromWorld: affine(matrix3(numbers('rotation')), vector3(numbers('translation'))),
  }
  assertCamera(camera, `The camera of "${name}"`)
  return camera
}

function readSections(text: string, name: string): Map<Heading, number[]> {
  const sections = new Map<Heading, number[]>()
  let current: number[] | undefined
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (line === '') continue
    const words = line.split(/[\s,;]+/).filter((word) => word !== '')
    const numbers = words.map(Number)
    if (numbers.every(Number.isFinite)) {
      if (current === undefined) throw unsupported(name, `it begins with numbers ("${line}")`)
      current.push(...numbers)
    } else {
      const heading = headings.find((known) => known === line.toLowerCase())
      if (heading === undefined)
        throw unsupported(name, `its line "${line}" is neither numbers nor a known heading`)
      current = []
      sections.set(heading, current)
    }
  }
  return sections
}

const unsupported = (name: string, reason: string): UserError =>
  new UserError(
    'format-unsupported',
    `"${name}" is not a MayaCam 2 calibration: ${reason}.`,
    `MayaCam 2 has the headings ${headings.join(', ')}. MayaCam 1 files and distortion terms are not read: undistort the X-rays and export MayaCam 2.0.`,
  )

const vector3 = (n: readonly number[], start = 0): Vector3 => [n[start], n[start + 1], n[start + 2]]
const matrix3 = (n: readonly number[]): Matrix3 => [vector3(n, 0), vector3(n, 3), vector3(n, 6)]
