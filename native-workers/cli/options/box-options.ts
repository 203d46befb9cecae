import { InvalidArgumentError } from 'commander'
import { type Vector3 } from '../../contract/matrix.js'
import { type CropBox, defaultBoxName } from '../../contract/operations/crop.js'
import { UserError } from '../../contract/errors.js'
import { parseList, parseNumber } from './values.js'

export interface BoxOptions {
  readonly box?: readonly [Vector3, Vector3]
  readonly boxMm?: readonly [Vector3, Vector3]
  readonly boxName?: string
}

/** `X0,Y0,Z0,X1,Y1,Z1`: two opposite corners. */
export function parseCorners(text: string): readonly [Vector3, Vector3] {
  const [x0, y0, z0, x1, y1, z1, ...rest] = parseList(text, parseNumber)
  const isWhole = [x0, y0, z0, x1, y1, z1].every((value) => value !== undefined)
  if (!isWhole || rest.length > 0) {
    throw new InvalidArgumentError('Six numbers are needed, with commas and no blanks between them.')
  }
  return [
    [x0, y0, z0],
    [x1, y1, z1],
  ]
}

/** The same in voxels, counted from 0. */
export function parseVoxelCorners(text: string): readonly [Vector3, Vector3] {
  const corners = parseCorners(text)
  if (!corners.flat().every(Number.isSafeInteger)) {
    throw new InvalidArgumentError('Voxels are whole numbers; --box-mm takes millimetres.')
  }
  return corners
}

/** The box that the options name; undefined for none. Errors: `input-invalid`. */
export function boxFromOptions({ box, boxMm, boxName }: BoxOptions): CropBox | undefined {
  if (box !== undefined && boxMm !== undefined) {
    throw new UserError('input-invalid', 'Both --box and --box-mm are given.', 'Give one of them.')
  }
  const name = boxName ?? defaultBoxName
  if (box !== undefined) return { unit: 'voxels', name, first: box[0], last: box[1] }
  if (boxMm !== undefined) return { unit: 'mm', name, cornerMm: boxMm[0], oppositeMm: boxMm[1] }
  if (boxName !== undefined) {
    throw new UserError('input-invalid', 'A --box-name is given without a box.', 'Give --box or --box-mm.')
  }
  return undefined
}
