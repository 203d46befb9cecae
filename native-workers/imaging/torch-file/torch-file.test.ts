import { access, readFile, writeFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { numpyArrayOf } from './names/numpy.js'
import { nameOfPythonType } from './names/python-type.js'
import { openTorchFile } from './open-torch-file.js'
import { NamedText, NumpyArray, Tensor } from './python-values.js'
import { arrayElements, halfFloat } from './tensor-values.js'

const folder = temporaryFolder({ beforeAll, afterAll })

/*
 * values.pt was written by torch.save of PyTorch 1.13 with one value of each kind: a transposed and sliced view
 * torch.arange(12.).reshape(3, 4).t()[1:], half [1.5, 1.5], bfloat16 [1, -2.5], int64 [1, -2**40], bool, complex; Python
 * ints -2**40 and 2**70, a Path, a datetime, NumPy arrays, an OrderedDict, a Parameter, a state_dict.
 */
const valuesPath = new URL('testing/fixtures/values.pt', import.meta.url).pathname

async function openValues() {
  const file = await openTorchFile(valuesPath)
  const root: ReadonlyMap<unknown, unknown> = file.root instanceof Map ? file.root : new Map()
  const elements = (key: string) => {
    const tensor = root.get(key)
    if (!(tensor instanceof Tensor)) throw new Error(`${key} is no tensor`)
    return file.elements(tensor)
  }
  return { root, elements }
}

/** A PyTorch file around any pickle. */
async function torchFileOf(name: string, pickle: string): Promise<string> {
  const path = folder.file(name)
  await writeFile(path, zipSync({ 'archive/data.pkl': Buffer.from(pickle, 'latin1') }, { level: 0 }))
  return path
}

describe('openTorchFile', () => {
  it('reads every element type, strides and offsets', async () => {
    const { elements } = await openValues()
    expect(await elements('a')).toEqual([1, 5, 9, 2, 6, 10, 3, 7, 11])
    expect(await elements('h')).toEqual([1.5, 1.5])
    expect(await elements('bf')).toEqual([1, -2.5])
    expect(await elements('i')).toEqual([1, -(2 ** 40)])
    expect(await elements('b')).toEqual([true, false])
    expect(await elements('cplx')).toEqual(['1 + 2i'])
    expect(await elements('par')).toEqual([1, 0, 0, 1])
  })

  it('reads plain values as they are', async () => {
    const { root } = await openValues()
    expect(root.get('neg')).toBe(-(2 ** 40))
    expect(root.get('big')).toBe('1180591620717411303424')
    expect(root.get('n')).toEqual([1, 2.5, null, true, 'x'])
    expect(root.get('p')).toEqual(new NamedText('Path', '/a/b'))
    expect(root.get('d')).toEqual(new NamedText('datetime', '2026-01-02 03:04:05'))
    expect(root.get('od')).toEqual(new Map([['x', 1]]))
    expect(root.get('set')).toEqual(new Set([1, 2]))
    expect(root.get('size')).toEqual([2, 3])
    expect(root.get('dev')).toEqual(new NamedText('device', 'cpu'))
    expect(nameOfPythonType(root.get('dt'))).toBe('torch.float32')
    expect(root.get('bytes')).toEqual(Buffer.from('ab\xff', 'latin1'))
  })

  it('reads NumPy arrays and numbers', async () => {
    const { root } = await openValues()
    const array = (key: string) => numpyArrayOf(root.get(key)) ?? new NumpyArray('', [], false, true, [])
    expect([array('np').shape, arrayElements(array('np'))]).toEqual([
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ])
    expect(arrayElements(array('npi'))).toEqual([0, 1, 2])
    expect(arrayElements(array('npo'))).toEqual(['a', null])
    expect(arrayElements(array('npu'))).toEqual(['ab', 'c'])
    const scalar = root.get('nps')
    expect(scalar instanceof NumpyArray && arrayElements(scalar)).toEqual([2.5])
  })

  it('runs nothing and names what it refuses', async () => {
    const witness = folder.file('witness')
    const command = `touch '${witness}'`
    const argument = `X${String.fromCharCode(command.length)}\0\0\0${command}\x85R.`
    const cases = [
      ['posix.system', `\x80\x02cposix\nsystem\n${argument}`],
      ['os.system', `\x80\x02cos\nsystem\n${argument}`],
      ['builtins.eval', `\x80\x02c__builtin__\neval\n${argument}`],
      // Protocol 4 takes the name from the stack.
      ['builtins.eval', `\x80\x04\x8c\x08builtins\x8c\x04eval\x93${argument}`],
      ['builtins.getattr', `\x80\x02c__builtin__\ngetattr\n${argument}`],
      // Protocol 0 makes instances by name.
      ['os.system', `(S'${command}'\nios\nsystem\n.`],
      ['numpy.core.multiarray.fromfile', `\x80\x02cnumpy.core.multiarray\nfromfile\n${argument}`],
      ['torch.load', `\x80\x02ctorch\nload\n${argument}`],
      // A name hidden inside a value that is never used.
      ['subprocess.Popen', `\x80\x02}X\x01\0\0\0acsubprocess\nPopen\ns0K\x01.`],
    ] as const
    for (const [name, pickle] of cases) {
      const error = await openTorchFile(await torchFileOf('attack.pt', pickle)).catch(
        (caught: unknown) => caught,
      )
      expect(error, name).toMatchObject({ code: 'format-unsupported' })
      expect(String(error), name).toContain(`"${name}"`)
    }
    await expect(access(witness)).rejects.toThrow()
  })

  it('does not follow arguments of the wrong kind', async () => {
    const pickles = [
      // A tensor whose storage is a number.
      '\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(K\x01K\0K\x01K\x01tR.',
      // A call of something that is no function.
      '\x80\x02K\x01)R.',
      // Instructions without their operands, and an end in the middle.
      '\x80\x02R.',
      '\x80\x02X\xff\0\0\0abc',
      '\x80\x02ccollections\nOrderedDict\n}X\x09\0\0\0__proto__NsbK\x01.',
    ]
    for (const pickle of pickles) {
      await expect(openTorchFile(await torchFileOf('odd.pt', pickle)), pickle).rejects.toMatchObject({
        code: 'file-unreadable',
      })
    }
  })

  it('says of other files what they are', async () => {
    const write = async (name: string, content: Buffer | string) => {
      await writeFile(folder.file(name), content)
      return openTorchFile(folder.file(name))
    }
    const legacy = Buffer.from('\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M', 'latin1')
    await expect(write('legacy.pt', legacy)).rejects.toThrow('PyTorch before 1.6')
    await expect(write('plain.pt', Buffer.from('\x80\x04K\x01.', 'latin1'))).rejects.toThrow(
      'plain Python pickle',
    )
    await expect(write('text.pt', 'hello')).rejects.toThrow('is not a file of PyTorch')
    await expect(write('empty.pt', '')).rejects.toThrow('is empty')
    await expect(write('other.pt', Buffer.from(zipSync({ a: Buffer.from('x') })))).rejects.toThrow(
      'data.pkl is absent',
    )
    const script = zipSync({ 'm/data.pkl': Buffer.from('N.'), 'm/constants.pkl': Buffer.from('N.') })
    await expect(write('script.pt', Buffer.from(script))).rejects.toThrow('TorchScript')
    const whole = await readFile(valuesPath)
    await expect(write('cut.pt', whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'file-truncated',
    })
    await expect(openTorchFile(folder.file('nowhere.pt'))).rejects.toMatchObject({ code: 'file-not-found' })
  })

  it('is not led astray by wrong sizes', async () => {
    const packed = Buffer.from(
      zipSync({ 'a/data.pkl': Buffer.from(`\x80\x02N${' '.repeat(5000)}.`, 'latin1') }),
    )
    const entry = packed.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    const withSize = async (bytes: number) => {
      packed.writeUInt32LE(bytes, entry + 24)
      await writeFile(folder.file('bomb.pt'), packed)
      return openTorchFile(folder.file('bomb.pt'))
    }
    await expect(withSize(100)).rejects.toThrow('does not unpack to the size')
    await expect(withSize(2 ** 31)).rejects.toThrow('more than the 268.4 MB expected')
    const damaged = Buffer.from(zipSync({ 'a/data.pkl': Buffer.from('\x80\x02N.', 'latin1') }, { level: 0 }))
    damaged[damaged.indexOf('N.')] ^= 1
    await writeFile(folder.file('flipped.pt'), damaged)
    await expect(openTorchFile(folder.file('flipped.pt'))).rejects.toThrow('checksum')
  })
})

describe('halfFloat', () => {
  it('decodes normal, subnormal and special numbers', () => {
    // IEEE 754-2019, binary16: 1, -2, the greatest 65504, the least subnormal 2^-24, infinity, not a number.
    const bits = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8001, 0x7c00, 0xfc00, 0x7e00]
    expect(bits.map(halfFloat)).toEqual([1, -2, 65504, 2 ** -24, -(2 ** -24), Infinity, -Infinity, NaN])
  })
})
