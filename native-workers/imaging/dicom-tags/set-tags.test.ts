import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differingTags, elementsByTag, textOfTag } from '../testing/dicom-comparison.js'
import { quietContext } from '../testing/quiet-context.js'
import { realData } from '../testing/real-data.js'
import { type DicomAttributes } from '../testing/synthetic-dicom.js'
import { radiographBytes } from '../testing/synthetic-xray.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readXray } from '../read-xray.js'
import { parseDicomFile } from './dicom-file.js'
import { corrected, setDicomTags } from './set-tags.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const samples = realData('dicom-samples')

const correction = [
  { tag: 'x00181110', vr: 'DS', value: '1020.5' },
  { tag: 'x00181164', vr: 'DS', value: '0.148\\0.148' },
  { tag: 'x00181510', vr: 'DS', value: '-30' },
]
/** SOPInstanceUID, SourceImageSequence and the note, beside the corrected tags. */
const expectedChanges = ['x00080018', 'x00082112', 'x00181110', 'x00181164', 'x00181510', 'x0018a001']

async function sampleFiles(): Promise<string[]> {
  if (samples === null) return []
  const files = await readdir(samples, { recursive: true })
  const all = files.filter((name) => name.endsWith('.dcm') && !name.endsWith('no_meta.dcm')).sort()
  // Of the two series a few slices speak for all.
  return all
    .filter((name) => !/CTHead\d{2}|CT\.1\.3.*\d[1-9]\.dcm/.test(name))
    .map((name) => join(samples, name))
}

const pixels = Uint16Array.from({ length: 12 }, (_, index) => 300 * index)
const baseTags: DicomAttributes = { PixelSpacing: [0.2, 0.2], ImagerPixelSpacing: [0.2, 0.2] }

async function radiograph(name: string, attributes: DicomAttributes = baseTags): Promise<string> {
  await writeFile(folder.file(name), radiographBytes(attributes, pixels))
  return folder.file(name)
}

describe('a corrected copy of an X-ray', () => {
  it('differs only in what was set, in its own UID and in the note, over all transfer syntaxes', async () => {
    const files = await sampleFiles()
    for (const path of files) {
      const before = await readFile(path)
      const { bytes, sopInstanceUid } = corrected(parseDicomFile(before, basename(path)), correction)
      const stated = elementsByTag(before)
      const lengths = [...stated.keys()].filter((tag) => /^x00(08|18)0000$/.test(tag))
      // A file without a UID of its own can't be named as the source.
      const isNamed = (tag: string) => tag !== 'x00082112' || (textOfTag(before, 'x00080018') ?? '') !== ''
      const changed = [...lengths, ...expectedChanges].filter(isNamed).sort()
      expect(differingTags(before, bytes), path).toEqual(changed)
      expect(textOfTag(bytes, 'x00080018')).toBe(sopInstanceUid)
      expect(textOfTag(bytes, 'x00020003')).toBe(sopInstanceUid)
      expect(textOfTag(bytes, 'x00020010')).toBe(textOfTag(before, 'x00020010'))
      expect(sopInstanceUid).toMatch(/^2\.25\.\d{30,39}$/)
    }
  }, 120_000)

  it('keeps preamble, element order and trailing bytes where the file is little endian', () => {
    const before = radiographBytes(baseTags, pixels)
    const after = corrected(parseDicomFile(before, 'x'), correction).bytes
    expect(after.subarray(0, 128)).toEqual(before.subarray(0, 128))
    expect([...elementsByTag(after).keys()]).toEqual([...elementsByTag(after).keys()].sort())
    const tail = before.subarray(-24)
    expect(after.subarray(-24)).toEqual(tail)
  })

  it('changes nothing else when it is corrected again, and adds to the notes', () => {
    const once = corrected(parseDicomFile(radiographBytes(baseTags, pixels), 'x'), correction).bytes
    const twice = corrected(parseDicomFile(once, 'x'), [{ tag: 'x00181110', vr: 'DS', value: '990' }]).bytes
    expect(differingTags(once, twice)).toEqual(['x00080018', 'x00082112', 'x00181110', 'x0018a001'])
    const { elements } = parseDicomFile(twice, 'x')
    expect(elements.find(({ tag }) => tag === 'x0018a001')?.items).toHaveLength(2)
  })
})

describe('set-dicom-tags', () => {
  it('writes a copy that is read with the new geometry and the same pixels', async () => {
    const path = await radiograph('a.dcm')
    const tags = {
      sourceToDetectorMm: 1020,
      pixelSpacingMm: [0.15, 0.16] as const,
      positionerPrimaryAngleDeg: -30,
    }
    const output = folder.file('out/a.dcm')
    const result = await setDicomTags({ path, output, tags, force: false }, quietContext())
    expect(result.changes).toEqual([
      { keyword: 'DistanceSourceToDetector', before: '', after: '1020' },
      { keyword: 'ImagerPixelSpacing', before: '0.2\\0.2', after: '0.16\\0.15' },
      { keyword: 'PositionerPrimaryAngle', before: '', after: '-30' },
      { keyword: 'PixelSpacing', before: '0.2\\0.2', after: '0.16\\0.15' },
    ])
    const [before, after] = [await readXray(path), await readXray(output)]
    expect(after.pixels).toEqual(before.pixels)
    expect(after.tags).toMatchObject({ sourceToDetectorMm: 1020, positionerPrimaryAngleDeg: -30 })
    expect(after.detectorPitchMm).toEqual([0.15, 0.16])
    expect((await setDicomTags({ path, output, tags, force: false }, quietContext())).isUpToDate).toBe(true)
  })

  it('leaves a spacing that was scaled to the patient, and says so', async () => {
    const path = await radiograph('scaled.dcm', { PixelSpacing: [0.1, 0.1], ImagerPixelSpacing: [0.2, 0.2] })
    const tags = { pixelSpacingMm: [0.15, 0.15] as const }
    const output = folder.file('scaled out.dcm')
    const { changes, warnings } = await setDicomTags({ path, output, tags, force: false }, quietContext())
    expect(changes.map(({ keyword }) => keyword)).toEqual(['ImagerPixelSpacing'])
    expect(warnings[0]).toMatch(/PixelSpacing \(0\.1 x 0\.1 mm\) was scaled to a plane in the patient/)
  })

  it.each([
    ['without a tag', {}, {}, 'input-invalid', /No tag to set/],
    [
      'a patient behind the detector',
      {},
      { sourceToDetectorMm: 900, sourceToPatientMm: 950 },
      'input-invalid',
      /behind the detector/,
    ],
    [
      'a CT slice',
      { Modality: 'CT' },
      { sourceToDetectorMm: 900 },
      'format-unsupported',
      /CT slice, not an X-ray/,
    ],
    [
      'an enhanced object',
      { SOPClassUID: '1.2.840.10008.5.1.4.1.1.12.1.1', Modality: 'XA' },
      { sourceToDetectorMm: 900 },
      'format-unsupported',
      /geometry for each frame/,
    ],
  ] as const)('refuses %s', async (name, attributes, tags, code, sentence) => {
    const path = await radiograph(`${name}.dcm`, attributes)
    const run = setDicomTags({ path, output: folder.file('never.dcm'), tags, force: false }, quietContext())
    await expect(run).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) as string })
  })

  it('never writes over its input, nor over a file of someone else', async () => {
    const path = await radiograph('b.dcm')
    const other = await radiograph('other.dcm')
    const tags = { sourceToDetectorMm: 1000 }
    const over = (output: string) => setDicomTags({ path, output, tags, force: false }, quietContext())
    await expect(over(path)).rejects.toMatchObject({ code: 'input-invalid' })
    await expect(over(other)).rejects.toMatchObject({ code: 'output-exists' })
    expect(await readFile(other)).toEqual(await readFile(path))
  })

  it('turns the polarity of grey pictures together with the presentation table', async () => {
    const path = await radiograph('mono.dcm', { PhotometricInterpretation: 'MONOCHROME1' })
    const output = folder.file('mono out.dcm')
    const tags = { photometricInterpretation: 'MONOCHROME2' as const }
    await setDicomTags({ path, output, tags, force: false }, quietContext())
    const [before, after] = [await readXray(path), await readXray(output)]
    expect(after.pixels[1]).toBe(300)
    expect(before.pixels[1]).toBeGreaterThan(300)
  })
})
