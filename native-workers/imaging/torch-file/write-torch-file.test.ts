import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { openTorchFile } from './open-torch-file.js'
import { Tensor } from './python-values.js'
import { PythonFloat, WrittenTensor, type WrittenValue } from './write-pickle.js'
import { writeTorchFile } from './write-torch-file.js'

const folder = temporaryFolder({ beforeAll, afterAll })

const content: WrittenValue = {
  sdd: new PythonFloat(1020),
  height: 1436,
  big: 2 ** 40,
  negative: -3,
  ratio: 0.194,
  name: 'Röntgen',
  none: null,
  flag: true,
  list: [1, [2.5, 'x'], {}],
  pose: new WrittenTensor('float32', [1, 2, 2], [1, 0.5, -2, 4]),
  column: new WrittenTensor('float64', [3], [0.1, 0.2, 0.3]),
  empty: new WrittenTensor('float64', [0], []),
}

/** A Python with PyTorch, or null after printing why the test that needs one is skipped. */
function pythonWithTorch(): string | null {
  const python = '/usr/bin/python3'
  try {
    execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' })
    return python
  } catch {
    console.info('skipped: there is no Python with PyTorch here (Debian: python3-torch)')
    return null
  }
}

describe('writeTorchFile', () => {
  it('writes what is read back', async () => {
    const path = folder.file('a.pt')
    await writeTorchFile(path, content)
    const file = await openTorchFile(path)
    const root: ReadonlyMap<unknown, unknown> = file.root instanceof Map ? file.root : new Map()
    expect([...root.keys()]).toEqual(Object.keys(content))
    expect(
      ['sdd', 'height', 'big', 'negative', 'ratio', 'name', 'none', 'flag'].map((key) => root.get(key)),
    ).toEqual([1020, 1436, 2 ** 40, -3, 0.194, 'Röntgen', null, true])
    expect(root.get('list')).toEqual([1, [2.5, 'x'], new Map()])
    const [pose, column] = [root.get('pose'), root.get('column')]
    if (!(pose instanceof Tensor && column instanceof Tensor)) throw new Error('no tensors')
    expect([pose.shape, pose.strides]).toEqual([
      [1, 2, 2],
      [4, 2, 1],
    ])
    expect(await file.elements(pose)).toEqual([1, 0.5, -2, 4])
    expect(await file.elements(column)).toEqual([0.1, 0.2, 0.3])
  })

  const python = pythonWithTorch()
  it.skipIf(python === null)('writes what torch.load reads', async () => {
    const path = folder.file('b.pt')
    await writeTorchFile(path, content)
    const script = [
      'import sys, torch, json',
      'd = torch.load(sys.argv[1])',
      'types = {k: type(v).__name__ for k, v in d.items()}',
      'values = {k: v.tolist() if torch.is_tensor(v) else v for k, v in d.items()}',
      'print(json.dumps([types, values, str(d["pose"].dtype), list(d["pose"].shape)]))',
    ].join('\n')
    const output: unknown = JSON.parse(execFileSync(python ?? '', ['-c', script, path], { encoding: 'utf8' }))
    expect(output).toEqual([
      {
        sdd: 'float',
        height: 'int',
        big: 'int',
        negative: 'int',
        ratio: 'float',
        name: 'str',
        none: 'NoneType',
        flag: 'bool',
        list: 'list',
        pose: 'Tensor',
        column: 'Tensor',
        empty: 'Tensor',
      },
      {
        sdd: 1020,
        height: 1436,
        big: 2 ** 40,
        negative: -3,
        ratio: 0.194,
        name: 'Röntgen',
        none: null,
        flag: true,
        list: [1, [2.5, 'x'], {}],
        pose: [
          [
            [1, 0.5],
            [-2, 4],
          ],
        ],
        column: [0.1, 0.2, 0.3],
        empty: [],
      },
      'torch.float32',
      [1, 2, 2],
    ])
  })
})
