import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InfoOutput } from '../contract/operations/volume.js'
import { identity4 } from '../geometry/matrix.js'
import { info } from './info.operation.js'
import { realData } from './testing/real-data.js'
import { rampSlice, writeSlices } from './testing/synthetic-dicom.js'
import { radiographBytes } from './testing/synthetic-xray.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { writePng } from './write-picture.js'
import { writeVolume } from './write-volume.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const infoOf = (path: string) =>
  info(
    { path },
    { signal: new AbortController().signal, onProgress: () => undefined, onEvent: () => undefined },
  )
const fact = ({ facts }: InfoOutput, name: string) => facts.find((entry) => entry.name === name)?.value

describe('info', () => {
  it('of a volume: its grid', async () => {
    const path = folder.file('ct.nii.gz')
    await writeVolume(path, {
      grid: {
        size: [3, 4, 5],
        spacingMm: [1, 2, 3],
        originMm: [1, 2, 3],
        direction: [
          [-1, 0, 0],
          [0, -1, 0],
          [0, 0, 1],
        ],
      },
      voxels: new Int16Array(60).fill(7),
    })
    const output = await infoOf(path)
    expect([output.kind, output.title]).toEqual(['volume', 'ct.nii.gz: volume, NIfTI (gzip)'])
    expect(fact(output, 'size')).toBe('3 x 4 x 5 voxels')
    expect(fact(output, 'extent')).toBe('3 x 8 x 15 mm')
    expect(fact(output, 'axes point to')).toBe('RAS')
  })

  it('of a DICOM folder: the series and its blocking findings, without refusing', async () => {
    const path = folder.file('serie')
    const slices = [0, 2, 4, 8].map((z, index) => rampSlice(index + 1, [0, 0, z]))
    await writeSlices(path, slices)
    const output = await infoOf(path)
    expect([output.kind, fact(output, 'slice distance')]).toEqual(['dicom-series', '2 mm'])
    expect(output.issues).toMatchObject([{ code: 'missing-slice', severity: 'blocking' }])
    await writeSlices(path, [rampSlice(9, [0, 0, 0], { SeriesInstanceUID: '1.2.3' })])
    expect((await infoOf(path)).issues).toMatchObject([{ code: 'mixed-series' }])
    expect((await infoOf(`${path}/IM1.dcm`)).title).toContain('one CT slice')
  })

  it('of X-rays: size and what the tags leave open', async () => {
    const dicom = folder.file('x.dcm')
    await writeFile(dicom, radiographBytes({ DistanceSourceToDetector: 1020 }, new Uint16Array(12)))
    const output = await infoOf(dicom)
    expect([output.kind, fact(output, 'source to detector'), fact(output, 'detector pixel pitch')]).toEqual([
      'xray',
      '1020 mm',
      'not stated',
    ])
    const png = folder.file('x.png')
    await writePng(png, { width: 2, height: 3, pixels: new Uint8Array(6) })
    expect(fact(await infoOf(png), 'size')).toBe('2 x 3 pixels')
  })

  it('of JSON files: by their schema', async () => {
    const write = async (name: string, value: unknown) => {
      await writeFile(folder.file(name), JSON.stringify(value))
      return infoOf(folder.file(name))
    }
    const pose = { schema: 'isocenter/pose@1', frame: 'LPS', worldFromVolume: identity4 }
    expect((await write('a.json', pose)).kind).toBe('pose')
    const points = {
      schema: 'isocenter/points@1',
      frame: 'LPS',
      points: [{ name: 'tip', position: [1, 2, 3] }],
    }
    expect(fact(await write('b.json', points), 'names')).toBe('tip')
    const camera = {
      schema: 'isocenter/camera@1',
      frame: 'LPS',
      imageSize: { width: 10, height: 10 },
      intrinsics: [
        [1000, 0, 4.5],
        [0, 1000, 4.5],
        [0, 0, 1],
      ],
      pixelSpacingMm: [0.5, 0.5],
      cameraFromWorld: identity4,
    }
    expect(fact(await write('c.json', camera), 'source to detector')).toBe('500 mm')
    expect((await write('d.json', { anything: 1 })).kind).toBe('other')
    await writeFile(folder.file('e.json'), '{ "schema":')
    await expect(infoOf(folder.file('e.json'))).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})

const calibration = realData('wrist-biplane', 'calibration', 'xr_calib_wrist_cam01.txt')
describe.skipIf(calibration === null)('info of a calibration text', () => {
  it('names its image and source', async () => {
    const output = await infoOf(calibration ?? '')
    expect([output.kind, fact(output, 'image')]).toEqual(['calibration', '1760 x 1760 pixels'])
  })
})
