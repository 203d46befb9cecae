import { type PickleFunction } from '../pickle.js'
import { type NameTable } from '../plain-data.js'
import { type ElementType, NamedText, Storage, Tensor } from '../python-values.js'
import { asCount, asCounts, asInstance, asList, asText } from './checks.js'
import { nameOfPythonType, pythonType } from './python-type.js'

const storageTypes: Readonly<Record<string, ElementType>> = {
  'torch.DoubleStorage': 'float64',
  'torch.FloatStorage': 'float32',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
  'torch.ComplexFloatStorage': 'complex64',
  'torch.ComplexDoubleStorage': 'complex128',
}

const untypedStorages = ['torch.storage.UntypedStorage', 'torch.storage._UntypedStorage']

const elementTypes = [
  ...Object.values(storageTypes),
  ...['uint16', 'uint32', 'uint64', 'float8_e4m3fn', 'float8_e5m2', 'quint8', 'qint8', 'qint32'],
].map((name) => `torch.${name}`)

const otherTypes = ['torch.Tensor', 'torch.nn.parameter.Parameter']

/** PyTorch's tensors and what describes them. */
export function torchNames(): NameTable {
  const tensor: PickleFunction = (storage, offset, shape, strides) => {
    const stored = asInstance(storage, Storage)
    return new Tensor(
      stored.elementType ?? 'untyped',
      asCounts(shape),
      asCounts(strides),
      asCount(offset),
      stored,
    )
  }
  const typed: PickleFunction = (storage, offset, shape, strides, _gradient, _hooks, type) =>
    new Tensor(
      asText(nameOfPythonType(type)).replace('torch.', ''),
      asCounts(shape),
      asCounts(strides),
      asCount(offset),
      asInstance(storage, Storage),
    )
  const types = [...Object.keys(storageTypes), ...untypedStorages, ...elementTypes, ...otherTypes]
  return {
    ...Object.fromEntries(types.map((name) => [name, pythonType(name)])),
    'torch._utils._rebuild_tensor': tensor,
    'torch._utils._rebuild_tensor_v2': tensor,
    'torch._utils._rebuild_tensor_v3': typed,
    'torch._utils._rebuild_parameter': (data) => asInstance(data, Tensor),
    'torch._utils._rebuild_parameter_with_state': (data) => asInstance(data, Tensor),
    'torch._tensor._rebuild_from_type_v2': (rebuild, _type, values) =>
      asInstance(rebuild === tensor ? tensor(...asList(values)) : undefined, Tensor),
    'torch.Size': (sizes = []) => [...asCounts(sizes)],
    'torch.device': (type, index) =>
      new NamedText('device', index === undefined ? asText(type) : `${asText(type)}:${asCount(index)}`),
  }
}

/** The storage behind a persistent id: ('storage', type, key, location, elements). */
export function storageOfPersistentId(id: unknown): Storage {
  const [kind, type, key, , elements] = asList(id)
  const typeName = nameOfPythonType(type)
  if (kind !== 'storage' || typeName === undefined) return asInstance(undefined, Storage)
  return new Storage(storageTypes[typeName] ?? null, asText(key), asCount(elements))
}
