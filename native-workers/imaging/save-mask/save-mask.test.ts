import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadXrayMask } from '../load-xray.js'
import { readXray } from '../read-xray.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { writePng } from '../write-picture.js'
import { saveMask } from './save-mask.operation.js'

const root = temporaryFolder({ beforeAll, afterAll })
const valid = Uint8Array.from([1, 0, 0, 7, 1, 0])
const request = (): Parameters<typeof saveMask>[0] => ({
  folder: root.file('masks'),
  name: 'x-ray ü',
  width: 3,
  height: 2,
  valid,
})

describe('a painted mask', () => {
  it('is read as the mask of its X-ray', async () => {
    const { path, validPixelFraction } = await saveMask(request(), quietContext())
    expect(validPixelFraction).toBe(0.5)
    const xray = root.file('x.png')
    await writePng(xray, { width: 3, height: 2, pixels: new Uint8Array(6).fill(9) })
    expect([...(await loadXrayMask(path, await readXray(xray, 0)))]).toEqual([1, 0, 0, 1, 1, 0])
  })

  it('never takes the place of an earlier one', async () => {
    const first = await saveMask(request(), quietContext())
    const before = await readFile(first.path)
    const second = await saveMask({ ...request(), valid: valid.map(() => 1) }, quietContext())
    expect(second.path).not.toBe(first.path)
    expect(await readFile(first.path)).toEqual(before)
  })

  it('has to leave something, and a folder to lie in', async () => {
    const empty = { ...request(), valid: new Uint8Array(6) }
    await expect(saveMask(empty, quietContext())).rejects.toMatchObject({ code: 'values-invalid' })
    await writeFile(root.file('file'), '')
    const inFile = { ...request(), folder: root.file('file') }
    await expect(saveMask(inFile, quietContext())).rejects.toMatchObject({ code: 'output-unwritable' })
  })
})
