import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeElements, type NewElement } from '../dicom-tags/encode-element.js'
import { quietContext } from '../testing/quiet-context.js'
import { rampSlice, writeSlices } from '../testing/synthetic-dicom.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { listDicomSeries } from './list-series.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const encoding = { isExplicit: true, isLittleEndian: true }

/** A DICOMDIR with one record for a patient and one for each file. */
function directoryBytes(files: readonly string[]): Buffer {
  const record = (type: string, file: string | undefined): NewElement[] => [
    { tag: 'x00041430', vr: 'CS', value: type },
    ...(file === undefined ? [] : [{ tag: 'x00041500', vr: 'CS', value: file }]),
  ]
  const meta = encodeElements(
    [
      { tag: 'x00020002', vr: 'UI', value: '1.2.840.10008.1.3.10' },
      { tag: 'x00020010', vr: 'UI', value: '1.2.840.10008.1.2.1' },
    ],
    encoding,
  )
  const records = [record('PATIENT', undefined), ...files.map((file) => record('IMAGE', file))]
  const body = encodeElements([{ tag: 'x00041220', vr: 'SQ', value: records }], encoding)
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), meta, body])
}

/** A disc with three slices named in capitals without endings, of which the file system keeps small letters. */
async function disc(name: string, listed: readonly string[]): Promise<string> {
  const root = folder.file(name)
  await writeSlices(
    join(root, 'images'),
    [0, 2, 4].map((z, index) => rampSlice(index + 1, [0, 0, z])),
  )
  for (const index of [1, 2, 3]) {
    await rename(join(root, `images/IM${index}.dcm`), join(root, `images/im${index}`))
  }
  await mkdir(join(root, 'viewer'))
  await writeFile(join(root, 'viewer/autorun.exe'), 'MZ')
  await writeFile(join(root, 'DICOMDIR'), directoryBytes(listed))
  return root
}

const list = (path: string) => listDicomSeries({ path }, quietContext())

describe('a folder with a DICOMDIR', () => {
  it('is read by the records, whether named itself or by its folder', async () => {
    const root = await disc('whole', ['IMAGES\\IM1', 'IMAGES\\IM2', 'IMAGES\\IM3'])
    for (const path of [root, join(root, 'DICOMDIR')]) {
      const { series, skipped, damaged, notes } = await list(path)
      expect(series).toMatchObject([{ slices: 3 }])
      expect([skipped, damaged]).toEqual([[], []])
      expect(notes).toEqual([expect.stringMatching(/^1 other files lie beside/)])
    }
  })

  it('names the files that the records promise and the disc lacks', async () => {
    const root = await disc('incomplete', ['IMAGES\\IM1', 'IMAGES\\IM2', 'IMAGES\\IM3', 'IMAGES\\IM4'])
    const { series, damaged } = await list(root)
    expect(series).toMatchObject([{ slices: 3 }])
    expect(damaged).toEqual([{ file: 'IMAGES/IM4', reason: 'is named by the DICOMDIR but missing' }])
  })

  it.each([
    ['names nothing that is there', ['ELSEWHERE\\A']],
    ['is empty', []],
  ])('is searched where the DICOMDIR %s', async (name, listed) => {
    const { series, notes } = await list(await disc(name, listed))
    expect(series).toMatchObject([{ slices: 3 }])
    expect(notes).toEqual([expect.stringMatching(/the folder was searched instead/)])
  })
})
