import { BufferReader, Parser } from 'pickleparser'
import { UserError } from '../../contract/errors.js'

/** What a name in a pickle stands for: called for an object that is made from arguments. */
export type PickleFunction = (...values: unknown[]) => unknown

export interface PickleResolvers {
  /** Throws for every name that is not known to be plain data. */
  readonly name: (module: string, name: string) => PickleFunction
  /** The object of a persistent id, e.g. a tensor's storage. */
  readonly persistent: (id: unknown) => unknown
}

/**
 * Reads a pickle (protocols 2 to 5) without running anything: every name in it goes to `resolvers.name`, which answers
 * with a function of this program or throws. Dicts become Maps, lists and tuples arrays.
 * Errors: `file-unreadable`, `format-unsupported`, those of the resolvers.
 */
export function parsePickle(bytes: Uint8Array, fileName: string, resolvers: PickleResolvers): unknown {
  const parser = new Parser({
    nameResolver: {
      resolve: (module: unknown, name: unknown) => resolvers.name(asName(module), asName(name)),
    },
    persistentResolver: { resolve: (id: unknown) => resolvers.persistent(id) },
    unpicklingTypeOfDictionary: 'Map',
    unpicklingTypeOfSet: 'Set',
  })
  try {
    return parser.read<unknown>(new CheckedReader(bytes, fileName))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      'file-unreadable',
      `The pickle in "${fileName}" cannot be read: it is damaged, or not made by Python's pickle.`,
      'Save the file again.',
    )
  }
}

/** A pickle may put anything where a name belongs. */
const asName = (value: unknown): string => (typeof value === 'string' ? value : 'something without a name')

/** Instructions that the parser would follow wrongly, and that no current Python writes for data. */
const refusedInstructions: Readonly<Record<number, string>> = {
  0x50: 'PERSID',
  0x4c: 'LONG',
  0x56: 'UNICODE',
  0x64: 'DICT',
  0x6f: 'OBJ',
  0x82: 'EXT1',
  0x83: 'EXT2',
  0x84: 'EXT4',
  0x97: 'NEXT_BUFFER',
}

const long1 = 0x8a
const long4 = 0x8b
const binaryFloat = 0x47
const shortText = 0x8c

/**
 * Hands the parser one instruction after the other. Long integers, which the parser takes for unsigned, are decoded here
 * and passed on as a float64, or as digits where that would not be exact.
 */
class CheckedReader extends BufferReader {
  private atInstruction = false
  private pendingNumber: number | undefined
  private pendingText: string | undefined

  constructor(
    bytes: Uint8Array,
    private readonly fileName: string,
  ) {
    super(bytes)
  }

  override hasNext(): boolean {
    this.atInstruction = super.hasNext()
    return this.atInstruction
  }

  override byte(): number {
    if (!this.atInstruction) return this.pendingText === undefined ? super.byte() : 0
    this.atInstruction = false
    const instruction = super.byte()
    const refused = refusedInstructions[instruction]
    if (refused !== undefined) {
      throw new UserError(
        'format-unsupported',
        `The pickle in "${this.fileName}" uses the outdated instruction ${refused}.`,
        'Save the file again with a current Python.',
      )
    }
    if (instruction !== long1 && instruction !== long4) return instruction
    const value = signedInteger(this.bytes(instruction === long1 ? super.byte() : this.uint32()))
    if (BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))) {
      this.pendingNumber = Number(value)
      return binaryFloat
    }
    this.pendingText = value.toString()
    return shortText
  }

  override float64(): number {
    const value = this.pendingNumber ?? super.float64()
    this.pendingNumber = undefined
    return value
  }

  override string(size: number, encoding: 'ascii' | 'utf-8'): string {
    const text = this.pendingText ?? super.string(size, encoding)
    this.pendingText = undefined
    return text
  }
}

/** Little-endian two's complement of any length; no bytes are 0. */
function signedInteger(bytes: Uint8Array | Int8Array | Uint8ClampedArray): bigint {
  if (bytes.length === 0) return 0n
  const digits = Buffer.from(bytes).reverse().toString('hex')
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${digits}`))
}
