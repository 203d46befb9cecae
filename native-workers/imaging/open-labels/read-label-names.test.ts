import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLabelNames } from './read-label-names.operation.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter names ü '))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

async function namesOf(name: string, content: string): Promise<unknown> {
  const path = join(folder, name)
  await writeFile(path, content)
  return (await readLabelNames({ path }, context)).names
}

describe('a file of label names', () => {
  it('is JSON, a table, label descriptions of ITK-SNAP or a colour table of 3D Slicer', async () => {
    const expected = [
      { label: 1, name: 'sacrum' },
      { label: 27, name: 'vertebrae_L5' },
    ]
    const contents = {
      'names.json': '{"27": "vertebrae_L5", "1": "sacrum"}',
      'dataset.json': '{"labels": {"background": 0, "sacrum": 1, "vertebrae_L5": 27}}',
      'table.tsv': 'label\tname\n27\tvertebrae_L5\n1\tsacrum\n',
      'labels.txt':
        '################\n# ITK-SnAP Label Description File\n    0     0    0    0        0  0  0    "Clear Label"\n' +
        '    1   255    0    0        1  1  1    "sacrum"\n   27     0  255    0        1  1  1    "vertebrae_L5"\n',
      'colours.ctbl':
        '# Color table file\n0 background 0 0 0 0\n1 sacrum 128 174 128 255\n27 vertebrae_L5 241 214 145 255\n',
    }
    for (const [name, content] of Object.entries(contents)) {
      expect(await namesOf(name, content), name).toEqual(expected)
    }
  })

  it('is refused in words where it holds no names, or is not there', async () => {
    await expect(namesOf('notes.txt', 'nothing here\n')).rejects.toMatchObject({ code: 'labels-invalid' })
    await expect(readLabelNames({ path: join(folder, 'none.csv') }, context)).rejects.toMatchObject({
      code: 'file-not-found',
    })
  })
})
