import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../testing/quiet-context.js'
import { realData } from '../testing/real-data.js'
import { radiographBytes } from '../testing/synthetic-xray.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { decodeText } from './character-set.js'
import { dictionaryEntry, tagOf } from './dictionary.js'
import { showDicom } from './show.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const samples = realData('dicom-samples')
const show = (path: string, tags: readonly string[] = [], all = false) =>
  showDicom({ path, all, tags: [...tags] }, quietContext())

describe('show-dicom', () => {
  it('tells an X-ray’s geometry in words, and what is not stated', async () => {
    const attributes = {
      DistanceSourceToDetector: 1020,
      PositionerPrimaryAngle: -30,
      ImagerPixelSpacing: [0.3, 0.2],
    }
    await writeFile(folder.file('a.dcm'), radiographBytes(attributes, new Uint16Array(12)))
    const { facts, elements } = await show(folder.file('a.dcm'))
    const value = (name: string) => facts.find((fact) => fact.name === name)?.value
    expect(value('source to detector')).toBe('1020 mm')
    expect(value('source to patient')).toBe('not stated')
    expect(value('detector pixel pitch')).toBe('0.2 x 0.3 mm (between columns x rows)')
    expect(value('primary angle')).toBe("-30° (detector to the patient's right)")
    expect(elements).toEqual([])
  })

  it('finds single elements by keyword and number, and refuses what is neither', async () => {
    const { elements } = await show(folder.file('a.dcm'), ['distancesourcetodetector', '0028,0010'])
    expect(elements.map(({ keyword, value }) => [keyword, value])).toEqual([
      ['DistanceSourceToDetector', '1020'],
      ['Rows', '3'],
    ])
    await expect(show(folder.file('a.dcm'), ['Distanz'])).rejects.toMatchObject({ code: 'input-invalid' })
  })

  it('lists private elements and sequences of real files', async () => {
    if (samples === null) return
    const ct = await show(join(samples, 'syntaxes/CT_small.dcm'), [], true)
    const creator = ct.elements.find(({ tag }) => tag === '0009,0010')
    expect(creator).toMatchObject({ keyword: '', value: 'GEMS_IDEN_01' })
    expect(ct.elements.find(({ keyword }) => keyword === 'PixelData')?.value).toBe('32768 bytes')
    const nested = await show(
      join(samples, 'ct-j2k-series/CT.1.3.12.2.1107.5.1.4.60064.30000022120808113428000016573.dcm'),
      [],
      true,
    )
    expect(nested.elements.some(({ level, value }) => level === 2 && value !== '')).toBe(true)
  })
})

describe('the dictionary', () => {
  it('knows the standard’s elements by tag and by keyword', () => {
    expect(dictionaryEntry('x00181110')).toEqual({ keyword: 'DistanceSourceToDetector', vr: 'DS' })
    expect(dictionaryEntry('x00082112')).toEqual({ keyword: 'SourceImageSequence', vr: 'SQ' })
    expect(dictionaryEntry('x60023000')?.keyword).toBe('OverlayData')
    expect(dictionaryEntry('x00091001')).toBeUndefined()
    expect(tagOf('(0018,1110)')).toBe('x00181110')
    expect(tagOf('SopInstanceUid')).toBe('x00080018')
  })
})

describe('decodeText', () => {
  it('reads the character sets of DICOM', () => {
    expect(decodeText(Buffer.from('Müller', 'utf8'), 'ISO_IR 192')).toBe('Müller')
    expect(decodeText(Buffer.from('Müller', 'latin1'), 'ISO_IR 100')).toBe('Müller')
    expect(decodeText(Uint8Array.of(0xbb, 0xee, 0xda), 'ISO_IR 144')).toBe('Люк')
    expect(decodeText(Buffer.from('plain'))).toBe('plain')
  })
})
