/*
 * A writer of pickles of protocol 2 for plain data and tensors, as torch.save makes them: what it writes needs nothing
 * but PyTorch to be read, also with weights_only.
 */

/** A float64 that stays a float in Python even where it is whole. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** A tensor of its own storage, row-major. */
export class WrittenTensor {
  constructor(
    readonly elementType: 'float32' | 'float64',
    readonly shape: readonly number[],
    readonly values: readonly number[] | Float32Array,
  ) {}
}

export type WrittenValue =
  | null
  | boolean
  | number
  | string
  | PythonFloat
  | WrittenTensor
  | readonly WrittenValue[]
  | { readonly [key: string]: WrittenValue }

export interface WrittenPickle {
  readonly pickle: Uint8Array
  /** In the order of their keys "0", "1", ... */
  readonly tensors: readonly WrittenTensor[]
}

/** The pickle of a value; whole numbers become ints, others floats. */
export function writePickle(root: WrittenValue): WrittenPickle {
  const chunks: Buffer[] = [Buffer.from([0x80, 2])]
  const tensors: WrittenTensor[] = []
  const put = (...parts: readonly (Buffer | string)[]) => {
    for (const part of parts) chunks.push(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
  }
  const write = (value: WrittenValue): void => {
    if (value === null) put('N')
    else if (typeof value === 'boolean') put(value ? '\x88' : '\x89')
    else if (typeof value === 'number') put(Number.isSafeInteger(value) ? integer(value) : float(value))
    else if (typeof value === 'string') put(text(value))
    else if (value instanceof PythonFloat) put(float(value.value))
    else if (value instanceof WrittenTensor) writeTensor(value)
    else if (isList(value)) {
      put('](')
      value.forEach(write)
      put('e')
    } else {
      put('}(')
      for (const [key, member] of Object.entries(value)) {
        put(text(key))
        write(member)
      }
      put('u')
    }
  }
  const writeTensor = (tensor: WrittenTensor): void => {
    const key = String(tensors.push(tensor) - 1)
    const storage = tensor.elementType === 'float32' ? 'FloatStorage' : 'DoubleStorage'
    put(
      'ctorch._utils\n_rebuild_tensor_v2\n((',
      text('storage'),
      `ctorch\n${storage}\n`,
      text(key),
      text('cpu'),
    )
    put(
      integer(tensor.values.length),
      'tQ',
      integer(0),
      tuple(tensor.shape),
      tuple(rowMajorStrides(tensor.shape)),
    )
    put('\x89ccollections\nOrderedDict\n)RtR')
  }
  write(root)
  put('.')
  return { pickle: Buffer.concat(chunks), tensors }
}

const isList = (value: WrittenValue): value is readonly WrittenValue[] => Array.isArray(value)

function integer(value: number): Buffer {
  if (value >= -(2 ** 31) && value < 2 ** 31) {
    const bytes = Buffer.alloc(5)
    bytes.write('J', 'latin1')
    bytes.writeInt32LE(value, 1)
    return bytes
  }
  const bytes = Buffer.alloc(10)
  bytes.set([0x8a, 8])
  bytes.writeBigInt64LE(BigInt(value), 2)
  return bytes
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes.write('G', 'latin1')
  bytes.writeDoubleBE(value, 1)
  return bytes
}

function text(value: string): Buffer {
  const content = Buffer.from(value, 'utf8')
  const head = Buffer.alloc(5)
  head.write('X', 'latin1')
  head.writeUInt32LE(content.length, 1)
  return Buffer.concat([head, content])
}

const tuple = (values: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from('('), ...values.map(integer), Buffer.from('t')])

function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
}
