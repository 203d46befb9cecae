import { UserError } from '../../contract/errors.js'
import { elementTypeOfCode } from '../torch-file/names/numpy.js'

/** What an `.npy` file says of its array before the numbers start. */
export interface NpyHeader {
  /** NumPy's name, e.g. "float64"; "structured" for records. */
  readonly elementType: string
  readonly shape: readonly number[]
  readonly isFortranOrder: boolean
  readonly isLittleEndian: boolean
  readonly dataOffset: number
}

const magic = Buffer.from('\x93NUMPY', 'latin1')

export const isNpy = (head: Buffer): boolean => head.subarray(0, magic.length).equals(magic)

/** The most that is read to find a header's end. */
export const npyHeadBytes = 65536

/** Parses the start of an `.npy` file (format versions 1 to 3). Errors: `file-unreadable`, `file-truncated`. */
export function parseNpyHeader(head: Buffer, name: string): NpyHeader {
  const isShort = head[6] === 1
  const textStart = isShort ? 10 : 12
  if (!isNpy(head) || head.length < textStart) {
    throw new UserError(
      'file-unreadable',
      `"${name}" is not a NumPy array.`,
      'Save it again with numpy.save.',
    )
  }
  const dataOffset = textStart + (isShort ? head.readUInt16LE(8) : head.readUInt32LE(8))
  if (dataOffset > head.length) {
    throw new UserError('file-truncated', `"${name}" ends inside its header.`, 'Copy the file again.')
  }
  const text = head.toString('utf8', textStart, dataOffset)
  const shapeText = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1]
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  if (shapeText === undefined || fortran === undefined) {
    throw new UserError('file-unreadable', `The header of "${name}" is damaged.`, 'Copy the file again.')
  }
  const [, order, code] = /'descr'\s*:\s*'([<>|=]?)([^']+)'/.exec(text) ?? []
  return {
    elementType: code === undefined ? 'structured' : elementTypeOfCode(code),
    shape: shapeText
      .split(',')
      .map((part) => part.trim().replace('L', ''))
      .filter((part) => part !== '')
      .map(Number),
    isFortranOrder: fortran === 'True',
    isLittleEndian: order !== '>',
    dataOffset,
  }
}
