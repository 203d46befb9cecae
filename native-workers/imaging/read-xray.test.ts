import { readFile, writeFile } from 'node:fs/promises'
import { encode as encodeJpeg } from 'jpeg-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readXray } from './read-xray.js'
import { realData } from './testing/real-data.js'
import { type DicomAttributes } from './testing/synthetic-dicom.js'
import { radiographBytes } from './testing/synthetic-xray.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { writePng } from './write-picture.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const stored = Uint16Array.of(0, 1, 100, 4095, 5, 6, 7, 8, 9, 10, 11, 12)

async function dicom(attributes: DicomAttributes, pixels = stored): Promise<string> {
  const path = folder.file('Aufnahme 1.dcm')
  await writeFile(path, radiographBytes(attributes, pixels))
  return path
}

describe('DICOM X-rays', () => {
  it('MONOCHROME2 is read as stored', async () => {
    const image = await readXray(await dicom({}))
    expect([image.width, image.height, [...image.pixels]]).toEqual([4, 3, [...stored]])
    expect(image.tags).toMatchObject({ modality: 'DX', photometricInterpretation: 'MONOCHROME2', frames: 1 })
  })

  it('MONOCHROME1 is turned once, to bright is high, before the rescale', async () => {
    const plain = await readXray(await dicom({ PhotometricInterpretation: 'MONOCHROME1' }))
    expect([...plain.pixels]).toEqual([...stored].map((value) => 4095 - value))
    const rescaled = await readXray(
      await dicom({ PhotometricInterpretation: 'MONOCHROME1', RescaleSlope: 2, RescaleIntercept: -100 }),
    )
    expect([...rescaled.pixels]).toEqual([...stored].map((value) => 2 * (4095 - value) - 100))
  })

  it('tags of geometry and intensity are read', async () => {
    const { tags, detectorPitchMm } = await readXray(
      await dicom({
        DistanceSourceToDetector: 1020,
        DistanceSourceToPatient: 800,
        ImagerPixelSpacing: [0.2, 0.15],
        PositionerPrimaryAngle: -32,
        PositionerSecondaryAngle: 2,
        PixelIntensityRelationship: 'LOG',
        PixelIntensityRelationshipSign: -1,
      }),
    )
    expect(tags).toMatchObject({
      sourceToDetectorMm: 1020,
      sourceToPatientMm: 800,
      imagerPixelSpacingMm: [0.15, 0.2],
      positionerPrimaryAngleDeg: -32,
      positionerSecondaryAngleDeg: 2,
      pixelIntensityRelationship: 'LOG',
      pixelIntensityRelationshipSign: -1,
    })
    expect(detectorPitchMm).toEqual([0.15, 0.2])
  })

  it.each<[string, DicomAttributes, readonly [number, number] | undefined, string[]]>([
    ['equal spacings', { ImagerPixelSpacing: [0.2, 0.2], PixelSpacing: [0.2, 0.2] }, [0.2, 0.2], []],
    [
      'differing spacings',
      { ImagerPixelSpacing: [0.2, 0.2], PixelSpacing: [0.1, 0.1] },
      [0.2, 0.2],
      ['spacing-conflict'],
    ],
    ['PixelSpacing alone', { PixelSpacing: [0.2, 0.1] }, [0.1, 0.2], ['note']],
    [
      'PixelSpacing calibrated, magnification stated',
      {
        PixelSpacing: [0.2, 0.2],
        PixelSpacingCalibrationType: 'GEOMETRY',
        EstimatedRadiographicMagnificationFactor: 1.5,
      },
      [0.30000000000000004, 0.30000000000000004],
      ['spacing-conflict'],
    ],
    [
      'PixelSpacing calibrated, magnification unknown',
      { PixelSpacing: [0.2, 0.2], PixelSpacingCalibrationType: 'FIDUCIAL' },
      undefined,
      ['missing-spacing'],
    ],
    ['spacing of zero', { PixelSpacing: [0, 0], DistanceSourceToDetector: 0 }, undefined, []],
  ])('%s', async (_, attributes, pitch, codes) => {
    const image = await readXray(await dicom(attributes))
    expect(image.detectorPitchMm).toEqual(pitch)
    expect(image.issues.map(({ code }) => code)).toEqual(codes)
  })

  it('frames are chosen by index, maximum or mean', async () => {
    const path = await dicom({ NumberOfFrames: 3, Rows: 1 })
    const pixels = async (frame: number | 'max' | 'mean') => [...(await readXray(path, frame)).pixels]
    expect(await pixels(1)).toEqual([5, 6, 7, 8])
    expect(await pixels('max')).toEqual([9, 10, 100, 4095])
    const mean = await pixels('mean')
    expect(mean[0]).toBeCloseTo(14 / 3, 4)
    await expect(readXray(path, 3)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('has 3 frames, so there is no frame 3') as string,
    })
  })

  it('a CT slice and a truncated file are refused', async () => {
    await expect(readXray(await dicom({ Modality: 'CT' }))).rejects.toMatchObject({
      code: 'format-unsupported',
    })
    const path = await dicom({})
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length - 10))
    await expect(readXray(path)).rejects.toMatchObject({ code: 'file-truncated' })
  })
})

describe('picture files', () => {
  it('coloured PNG becomes luminance, and says so', async () => {
    const path = folder.file('farbig.png')
    await writePng(path, { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0, 80, 80, 80) })
    const { pixels, issues, format } = await readXray(path)
    expect([pixels[0].toFixed(3), pixels[1], format]).toEqual(['76.245', 80, 'PNG'])
    expect(issues[0].message).toContain('luminance')
  })

  it('JPEG is read within its loss', async () => {
    const path = folder.file('bild.jpg')
    const data = new Uint8Array(16 * 8 * 4).fill(120)
    await writeFile(path, encodeJpeg({ width: 16, height: 8, data }, 95).data)
    const image = await readXray(path)
    expect([image.width, image.height]).toEqual([16, 8])
    expect(Math.max(...image.pixels.map((value) => Math.abs(value - 120)))).toBeLessThan(3)
  })

  it.each([
    ['damaged.png', '\u0089PNG\r\n', 'file-unreadable'],
    ['text.txt', 'hello', 'format-unsupported'],
    ['absent.png', null, 'file-not-found'],
  ])('%s is refused', async (name, content, code) => {
    if (content !== null) await writeFile(folder.file(name), content, 'latin1')
    await expect(readXray(folder.file(name))).rejects.toMatchObject({ code })
  })
})

const samples = realData('dicom-samples')
describe.skipIf(samples === null)('real X-rays', () => {
  it('a MONOCHROME1 chest: bone bright', async () => {
    const image = await readXray(`${samples ?? ''}/radiographs/gdcm-CR-MONO1-10-chest.dcm`)
    const at = (x: number, y: number) => image.pixels[y * image.width + x]
    // Spine against lung.
    expect(at(220, 200)).toBeGreaterThan(at(120, 200))
    expect(image.tags.photometricInterpretation).toBe('MONOCHROME1')
  })

  it('a cine of 96 frames', async () => {
    const path = `${samples ?? ''}/xa-multiframe/xa_rubo_512x512x96_jpegbaseline.dcm`
    const { tags, width } = await readXray(path, 95)
    expect(tags).toMatchObject({ frames: 96, positionerPrimaryAngleDeg: -32, positionerSecondaryAngleDeg: 2 })
    expect(width).toBe(512)
    await expect(readXray(path, 96)).rejects.toMatchObject({ code: 'input-invalid' })
  })

  it('deflated DICOM is read; a file without the DICOM mark is refused', async () => {
    expect((await readXray(`${samples ?? ''}/syntaxes/image_dfl.dcm`)).width).toBe(512)
    await expect(readXray(`${samples ?? ''}/syntaxes/no_meta.dcm`)).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })

  it('spacing of 0.000 is none, but the distance is read', async () => {
    const { tags, detectorPitchMm } = await readXray(`${samples ?? ''}/radiographs/RG1_J2KI.dcm`)
    expect([tags.sourceToDetectorMm, detectorPitchMm]).toEqual([1996, undefined])
  })
})
