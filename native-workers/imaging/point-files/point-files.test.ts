import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PointsContent } from '../../contract/operations/points.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readPoints } from './read-points.operation.js'
import { savePoints } from './save-points.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const volume: PointsContent = {
  half: 'volume',
  file: {
    schema: 'isocenter/points@1',
    frame: 'LPS',
    points: [
      { name: 'head, left', position: [10.25, -20.5, 30] },
      { name: 'a "quoted" one', position: [-1, 2, 1e-7] },
    ],
  },
}
const xray: PointsContent = {
  half: 'xray',
  file: { schema: 'isocenter/image-points@1', points: [{ name: 'P1', pixel: [12.5, 300.125] }] },
}

async function written(name: string, text: string): Promise<string> {
  await writeFile(folder.file(name), text)
  return folder.file(name)
}

describe('point files', () => {
  it.each(['a.points.json', 'a.mrk.json', 'a.fcsv'])('give back what was saved: %s', async (name) => {
    for (const content of [volume, xray]) {
      const outputPath = folder.file(`${content.half}-${name}`)
      const saved = await savePoints({ outputPath, content, force: false }, quietContext())
      expect(saved).toMatchObject({ path: outputPath, count: content.file.points.length, isUpToDate: false })
      const read = await readPoints({ path: outputPath, half: content.half }, quietContext())
      expect(read.content).toEqual(content)
    }
  })

  it('do not replace a file of somebody else, unless told to', async () => {
    const outputPath = await written('theirs.points.json', 'mine')
    const request = { outputPath, content: volume, force: false }
    await expect(savePoints(request, quietContext())).rejects.toMatchObject({ code: 'output-exists' })
    expect(await readFile(outputPath, 'utf8')).toBe('mine')
    await savePoints({ ...request, force: true }, quietContext())
    expect(await readFile(outputPath, 'utf8')).not.toBe('mine')
  })

  it('refuse to be written empty', async () => {
    const content = { ...xray, file: { ...xray.file, points: [] } }
    const request = { outputPath: folder.file('none.fcsv'), content, force: false }
    await expect(savePoints(request, quietContext())).rejects.toMatchObject({ code: 'input-invalid' })
  })
})

const fcsv = (system: string): string =>
  [
    '# Markups fiducial file version = 4.11',
    ...(system === '' ? [] : [`# CoordinateSystem = ${system}`]),
    '# columns = id,x,y,z,ow,ox,oy,oz,vis,sel,lock,label,desc,associatedNodeID',
    'vtkMRMLMarkupsFiducialNode_0,1,2,3,0,0,0,1,1,1,0,F-1,,',
    '1,4,5,6,0,0,0,1,1,1,0,,,',
  ].join('\r\n')

describe('points of 3D Slicer', () => {
  it.each([
    ['LPS', [1, 2, 3]],
    ['1', [1, 2, 3]],
    ['RAS', [-1, -2, 3]],
    ['0', [-1, -2, 3]],
  ])('come to LPS from .fcsv in %s', async (system, position) => {
    const path = await written(`system-${system}.fcsv`, fcsv(system))
    const { content } = await readPoints({ path, half: 'volume' }, quietContext())
    expect(content.file.points[0]).toEqual({ name: 'F-1', position })
    expect(content.file.points[1].name).toBe('P2')
  })

  it('come to LPS from .mrk.json in RAS, without those that were not placed', async () => {
    const document = {
      markups: [
        {
          coordinateSystem: 'RAS',
          controlPoints: [
            { label: 'a', position: [1, 2, 3] },
            { label: 'b', position: [0, 0, 0], positionStatus: 'undefined' },
          ],
        },
      ],
    }
    const path = await written('ras.mrk.json', JSON.stringify(document))
    const { content, notes } = await readPoints({ path, half: 'volume' }, quietContext())
    expect(content.file.points).toEqual([{ name: 'a', position: [-1, -2, 3] }])
    expect(notes.join()).toMatch(/"b"/)
  })

  it.each([
    ['no-system.fcsv', fcsv(''), 'volume', 'geometry-missing'],
    ['ijk.fcsv', fcsv('2'), 'volume', 'format-unsupported'],
    ['words.fcsv', fcsv('LPS').replace(',5,', ',five,'), 'volume', 'values-invalid'],
    ['twice.fcsv', fcsv('LPS').replace(',0,,,', ',0,F-1,,'), 'volume', 'input-invalid'],
    ['deep.fcsv', fcsv('LPS'), 'xray', 'input-invalid'],
    ['other.mrk.json', '{"markups":[]}', 'volume', 'format-unknown'],
    ['broken.mrk.json', '{"mark', 'volume', 'file-unreadable'],
    ['half.points.json', JSON.stringify(xray.file), 'volume', 'format-unknown'],
  ] as const)('are refused in words where they are no points: %s', async (name, text, half, code) => {
    const path = await written(name, text)
    await expect(readPoints({ path, half }, quietContext())).rejects.toMatchObject({ code })
  })

  it('that are not there are said to be missing', async () => {
    const request = { path: folder.file('absent.fcsv'), half: 'volume' } as const
    await expect(readPoints(request, quietContext())).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
