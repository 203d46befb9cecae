import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import dicomParser from 'dicom-parser'
import { readXray } from '../read-xray.js'
import { writeSecondaryCapture } from './write-secondary-capture.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter Aufnahme '))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const [width, height] = [7, 5]
const pixels = Float32Array.from({ length: width * height }, (_, n) => 0.3 + Math.abs(Math.sin(n)) * 5)
const capture = {
  picture: { width, height, pixels },
  pixelSpacingMm: [0.2, 0.3],
  sourceToDetectorMm: 1020.5,
  seriesDescription: 'DRR für Prüfung',
  derivation: 'Siddon',
} as const

describe('writeSecondaryCapture', () => {
  it('is read back as the same line integrals and geometry', async () => {
    const path = join(folder, 'drr.dcm')
    await writeSecondaryCapture(path, capture)
    const image = await readXray(path, 0)
    expect(image).toMatchObject({ width, height, issues: [], detectorPitchMm: [0.2, 0.3] })
    expect(image.tags).toMatchObject({
      modality: 'OT',
      photometricInterpretation: 'MONOCHROME2',
      pixelIntensityRelationship: 'LOG',
      pixelIntensityRelationshipSign: -1,
      sourceToDetectorMm: 1020.5,
    })
    image.pixels.forEach((value, n) => {
      expect(Math.abs(value / 1000 - pixels[n])).toBeLessThan(1e-4)
    })
  })

  it('is whole for another reader, has unique identifiers, and comes out the same again', async () => {
    const [first, again, other] = [join(folder, 'a.dcm'), join(folder, 'b.dcm'), join(folder, 'c.dcm')]
    await writeSecondaryCapture(first, capture)
    await writeSecondaryCapture(again, capture)
    await writeSecondaryCapture(other, { ...capture, derivation: 'Siddon, bone x 3' })
    const bytes = await readFile(first)
    expect(await readFile(again)).toEqual(bytes)
    const [one, two] = [bytes, await readFile(other)].map((file) => dicomParser.parseDicom(file))
    expect(one.elements.x00020001.length).toBe(2)
    expect(one.uint16('x00280100')).toBe(16)
    expect(one.elements.x7fe00010.length).toBe(2 * width * height)
    expect(one.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.7')
    for (const tag of ['x00080018', 'x0020000d', 'x0020000e']) {
      expect(one.string(tag)).toMatch(/^2\.25\.[1-9]\d+$/)
      expect(one.string(tag)).not.toBe(two.string(tag))
    }
  })

  it('leaves out what is not known', async () => {
    const path = join(folder, 'bare.dcm')
    const { picture, seriesDescription, derivation } = capture
    await writeSecondaryCapture(path, { picture, seriesDescription, derivation })
    const image = await readXray(path, 0)
    expect(image.detectorPitchMm).toBeUndefined()
    expect(image.tags.sourceToDetectorMm).toBeUndefined()
  })
})
