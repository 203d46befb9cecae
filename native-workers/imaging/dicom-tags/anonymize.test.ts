import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import dcmjs from 'dcmjs'
import dicomParser from 'dicom-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVolume } from '../read-volume.js'
import { readXray } from '../read-xray.js'
import { elementsByTag, textOfTag } from '../testing/dicom-comparison.js'
import { quietContext } from '../testing/quiet-context.js'
import { realData } from '../testing/real-data.js'
import { rampSlice, writeSlices } from '../testing/synthetic-dicom.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { anonymizeDicom } from './anonymize.operation.js'
import { anonymizedFile } from './anonymize-file.js'
import { confidentialityAction } from './confidentiality-profile.js'
import { derivedUid } from './derived-uid.js'
import { dictionaryEntry, tagOf } from './dictionary.js'
import { parseDicomFile } from './dicom-file.js'
import { encodeElements } from './encode-element.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const samples = realData('dicom-samples')
const settings = { patient: 'Case 7', keepDates: false, renewedUid: (uid: string) => derivedUid('test', uid) }
const request = { keepDates: false, patient: 'ANONYMOUS', force: false }

/** Texts that describe the picture and may stay though they stand as LO or SH. */
const mayStay = [
  'x00080008',
  'x00200011',
  'x00080070',
  'x00081090',
  'x00181020',
  'x00181210',
  'x00181160',
  'x00201040',
  'x00281054',
  'x00280a04',
  'x00281055',
  'x00180024',
  'x00187010',
]

/** Values of names, identities, places, free texts and dates, as an independent parser gives them. */
function tellingValues(file: Uint8Array): string[] {
  const dataSet = dicomParser.parseDicom(file, { untilTag: 'x7fe00010' })
  const values = (tag: string) => (dataSet.string(tag) ?? '').split('\\').map((value) => value.trim())
  const staying = mayStay.flatMap(values)
  return Object.values(dataSet.elements)
    .filter(({ tag, vr }) => !tag.startsWith('x0002') && /^(PN|LO|SH|LT|ST|DA|TM|AE|UT)$/.test(vr ?? ''))
    .flatMap(({ tag }) => values(tag))
    .filter((value) => value.length >= 5 && !staying.some((text) => text.includes(value)))
}

describe('an anonymised copy', () => {
  it('of every sample holds no name, identity, place, text or date of the original, and the same pixels', async () => {
    if (samples === null) return
    const names = [
      'radiographs/RG1_J2KI.dcm',
      'radiographs/RG3_J2KR.dcm',
      'radiographs/gdcm-CR-MONO1-10-chest.dcm',
      'syntaxes/CT_small.dcm',
      'syntaxes/MR_small.dcm',
      'syntaxes/MR_small_bigendian.dcm',
      'syntaxes/JPEG2000.dcm',
      'xa-multiframe/xa_rubo_512x512x96_jpegbaseline.dcm',
      'ct-head-series/CTHead1.dcm',
    ]
    for (const name of names) {
      const before = await readFile(join(samples, name))
      const { bytes } = anonymizedFile(parseDicomFile(before, name), settings)
      const header = bytes.subarray(0, dicomParser.parseDicom(bytes).elements['x7fe00010']?.dataOffset)
      const text = header.toString('latin1')
      const telling = tellingValues(before)
      expect(telling.length, name).toBeGreaterThan(1)
      expect(
        telling.filter((value) => text.includes(value)),
        name,
      ).toEqual([])
      const after = elementsByTag(bytes)
      expect(after.get('x7fe00010'), name).toEqual(elementsByTag(before).get('x7fe00010'))
      expect([...after.keys()].filter((tag) => Number.parseInt(tag.slice(1, 5), 16) % 2 === 1)).toEqual([])
      expect(textOfTag(bytes, 'x00100010')).toBe('Case 7')
      expect(textOfTag(bytes, 'x00120062')).toBe('YES')
      expect(textOfTag(bytes, 'x0020000d')).toBe(derivedUid('test', textOfTag(before, 'x0020000d') ?? ''))
    }
  })

  it('is cleaned inside sequences and of what hides in the preamble and behind the elements', () => {
    const names = [
      { tag: 'x00080100', vr: 'SH', value: 'T-D1100' },
      { tag: 'x00100010', vr: 'PN', value: 'Nested^Name' },
      { tag: 'x00204000', vr: 'LT', value: 'Mrs Nested' },
    ]
    const preamble = Buffer.alloc(128, 'Preamble^Name')
    const encoding = { isExplicit: true, isLittleEndian: true }
    const meta = encodeElements(
      [
        { tag: 'x00020010', vr: 'UI', value: '1.2.840.10008.1.2.1' },
        { tag: 'x00020016', vr: 'AE', value: 'Station^Name' },
      ],
      encoding,
    )
    const body = encodeElements(
      [
        { tag: 'x00080018', vr: 'UI', value: '1.2.3.4' },
        { tag: 'x00082218', vr: 'SQ', value: [names, names] },
        { tag: 'x7fe00010', vr: 'OW', value: 'pixels' },
        { tag: 'xfffcfffc', vr: 'OB', value: 'Padding^Name' },
      ],
      encoding,
    )
    const bytes = Buffer.concat([preamble, Buffer.from('DICM'), meta, body, Buffer.alloc(10)])
    const copy = anonymizedFile(parseDicomFile(bytes, 'x'), settings).bytes
    const text = copy.toString('latin1')
    expect(text).not.toMatch(/\^Name|Nested/)
    expect(text).toContain('T-D1100')
    expect(text).toContain('pixels')
    expect(parseDicomFile(copy, 'y').elements.find(({ tag }) => tag === 'x00082218')?.items).toHaveLength(2)
  })

  it('loses everything that dcmjs empties', () => {
    const kept = dcmjs.anonymizer.getTagsNameToEmpty().filter((keyword) => {
      const tag = tagOf(keyword)
      if (tag === undefined) return false
      const vr = dictionaryEntry(tag)?.vr
      return !['remove', 'empty'].includes(confidentialityAction(tag, vr, vr === 'SQ', false))
    })
    expect(kept).toEqual([])
  })

  it('keeps dates of the examination when asked, but no date of birth', () => {
    expect(confidentialityAction('x00080020', 'DA', false, true)).toBe('keep')
    expect(confidentialityAction('x00100030', 'DA', false, true)).toBe('empty')
    expect(confidentialityAction('x00101010', 'AS', false, true)).toBe('remove')
  })
})

describe('anonymize-dicom', () => {
  it('renews the UIDs of a series consistently, so that it is read as the same volume', async () => {
    const study = '1.2.3'
    const slices = [0, 2, 4].map((z, index) => rampSlice(index + 1, [0, 0, z]))
    await writeSlices(folder.file('Mustermann, Erika/Reihe'), slices)
    await writeFile(folder.file('Mustermann, Erika/notes.txt'), `about ${study}`)
    const out = folder.file('anonymous/here')
    const result = await anonymizeDicom(
      { ...request, paths: [folder.file('Mustermann, Erika')], folder: out },
      quietContext(),
    )
    expect(result.files).toHaveLength(3)
    expect(result.skipped).toMatchObject([{ isDamaged: false }])
    const before = await readVolume({ path: folder.file('Mustermann, Erika/Reihe'), acceptGeometry: false })
    const after = await readVolume({ path: join(out, 'series-001'), acceptGeometry: false })
    expect(after.volume).toEqual(before.volume)
    expect(await readdir(out)).toEqual(['series-001'])
    expect(await readdir(folder.file('anonymous'))).toEqual(['here', 'here.provenance.json'])
    const again = await anonymizeDicom(
      { ...request, paths: [folder.file('Mustermann, Erika')], folder: out },
      quietContext(),
    )
    expect(again.isUpToDate).toBe(true)
  })

  it('goes on past a damaged file, and warns of text in the picture', async () => {
    if (samples === null) return
    const whole = await readFile(join(samples, 'radiographs/gdcm-CR-MONO1-10-chest.dcm'))
    await mkdir(folder.file('mixed'))
    await writeFile(folder.file('mixed/a.dcm'), whole)
    await writeFile(folder.file('mixed/b.dcm'), whole.subarray(0, 1000))
    const out = folder.file('mixed out')
    const result = await anonymizeDicom(
      { ...request, paths: [folder.file('mixed')], folder: out },
      quietContext(),
    )
    expect(result.skipped).toMatchObject([{ reason: 'is incomplete or damaged', isDamaged: true }])
    expect(result.warnings.join()).toMatch(/burned into the pixels of 1 picture is not stated/)
    const [written] = result.files
    const [before, after] = [
      await readXray(folder.file('mixed/a.dcm')),
      await readXray(written?.output ?? ''),
    ]
    expect(after.pixels).toEqual(before.pixels)
  })

  it('refuses to write into the folder that it reads', async () => {
    const inside = { ...request, paths: [folder.path], folder: folder.file('inside') }
    await expect(anonymizeDicom(inside, quietContext())).rejects.toMatchObject({ code: 'input-invalid' })
  })
})
