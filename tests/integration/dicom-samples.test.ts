import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../native-workers/contract/errors.js'
import { runOperation } from '../../native-workers/engine/run-operation.js'
import { quietContext } from '../../native-workers/imaging/testing/quiet-context.js'
import { testDataFile } from '../support/test-data.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
const samples = testDataFile('dicom-samples')

/** What each operation makes of a sample: a word of its answer, or the sentence of its refusal. */
interface Expectation {
  readonly info: RegExp
  readonly xray: RegExp
  readonly show: RegExp
}

const ctSlice = { info: /one CT slice of a DICOM series/, xray: /is a CT slice, not an X-ray/, show: /^CT/ }
const mrSlice = {
  info: /one MR slice of a DICOM series/,
  xray: /is an MR slice, not an X-ray/,
  show: /^MR slice/,
}
const radiograph = { info: /X-ray, DICOM CR/, xray: /^read as DICOM CR/, show: /^computed radiograph/ }
const capture = { info: /X-ray, DICOM/, xray: /^read as DICOM/, show: /^secondary capture/ }
const noDicom = /lacks the preamble of a DICOM file/

const expectations: Readonly<Record<string, Expectation>> = {
  'ct-j2k-series/seg117.nii.gz': {
    info: /volume, NIfTI/,
    xray: /is a volume of 512 x 512 x 20 voxels/,
    show: noDicom,
  },
  'radiographs/RG1_J2KI.dcm': radiograph,
  'radiographs/RG3_J2KR.dcm': radiograph,
  'radiographs/gdcm-CR-MONO1-10-chest.dcm': radiograph,
  'syntaxes/693_J2KI.dcm': ctSlice,
  'syntaxes/CT_small.dcm': ctSlice,
  'syntaxes/JPEG2000.dcm': {
    info: /is a nuclear medicine picture, not an X-ray/,
    xray: /is a nuclear medicine picture, not an X-ray/,
    show: /^secondary capture/,
  },
  'syntaxes/LICENSE_pydicom': { info: /: text$/, xray: /\(text\) is not an X-ray/, show: noDicom },
  'syntaxes/LICENSE_pydicom-data': { info: /: text$/, xray: /\(text\) is not an X-ray/, show: noDicom },
  'syntaxes/MR_small.dcm': mrSlice,
  'syntaxes/MR_small_RLE.dcm': mrSlice,
  'syntaxes/MR_small_bigendian.dcm': mrSlice,
  'syntaxes/SC_rgb_jls_lossy_line.dcm': capture,
  'syntaxes/SC_rgb_jpeg_dcmtk.dcm': capture,
  'syntaxes/SC_rgb_rle_16bit.dcm': capture,
  'syntaxes/image_dfl.dcm': capture,
  'syntaxes/no_meta.dcm': {
    info: /named like DICOM but its content is something else/,
    xray: /named like DICOM but its content is something else/,
    show: noDicom,
  },
  'xa-multiframe/xa_rubo_512x512x96_jpegbaseline.dcm': {
    info: /X-ray, DICOM XA/,
    xray: /^read as DICOM XA/,
    show: /^X-ray angiogram/,
  },
}

/** The expectation of a sample; slices of the two series share one. */
function expectationOf(name: string): Expectation | undefined {
  return expectations[name] ?? (/^ct-(head|j2k)-series\/CT.*\.dcm$/.test(name) ? ctSlice : undefined)
}

async function outcome(answer: () => Promise<string>): Promise<string> {
  try {
    return await answer()
  } catch (error) {
    // Anything but a sentence for people is a defect.
    if (error instanceof UserError) return error.message
    throw error
  }
}

describe.skipIf(samples === null)('every file of the DICOM samples', () => {
  it('is read, or refused with the right sentence', async () => {
    const root = samples ?? ''
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(100)
    for (const path of files) {
      const name = path.slice(root.length + 1).replaceAll('\\', '/')
      const expected = expectationOf(name)
      expect(expected, `${name} has no expectation`).toBeDefined()
      if (expected === undefined) continue
      const info = await outcome(async () => (await runOperation('info', { path }, quietContext())).title)
      expect(info, name).toMatch(expected.info)
      const show = await outcome(async () => {
        const { facts, elements } = await runOperation('show-dicom', { path, all: true }, quietContext())
        expect(elements.length).toBeGreaterThan(10)
        return facts[0]?.value ?? ''
      })
      expect(show, name).toMatch(expected.show)
      const xray = await outcome(async () => {
        const { format } = await runOperation('open-xray', { xray: { path } }, quietContext())
        return `read as ${format}`
      })
      expect(xray, name).toMatch(expected.xray)
    }
  })

  it.each([
    ['ct-head-series', /DICOM series/],
    ['ct-j2k-series', /DICOM series/],
    ['radiographs', /folder with 3 DICOM series/],
    ['syntaxes', /folder with \d+ DICOM series/],
    ['xa-multiframe', /holds an X-ray \(XA\) of 96 frames, not a volume/],
  ])('the folder %s is told for what it is', async (name, expected) => {
    const path = join(samples ?? '', name)
    const title = await outcome(async () => (await runOperation('info', { path }, quietContext())).title)
    expect(title).toMatch(expected)
  })

  it('is converted where it is a volume, and left out with the reason where it is none', async () => {
    const list = await runOperation('list-dicom-series', { path: samples ?? '' }, quietContext())
    expect(list.series.map(({ name, slices }) => [name, slices])).toEqual([
      ['001_MR', 3],
      ['123456_None', 93],
      ['CT_Body_3.0', 20],
    ])
    expect(list.damaged).toEqual([])
    const reasons = list.skipped.flatMap(({ reason, files }) => Array.from({ length: files }, () => reason))
    expect(reasons.sort()).toEqual([
      'a single slice, not a volume',
      'a single slice, not a volume',
      'an X-ray (CR), not a volume',
      'an X-ray (CR), not a volume',
      'an X-ray (CR), not a volume',
      'an X-ray (XA) of 96 frames, not a volume',
      'colour pictures, not a volume',
      'colour pictures, not a volume',
      'colour pictures, not a volume',
      'no DICOM file with a preamble',
      'no DICOM file with a preamble',
      'no DICOM file with a preamble',
      'no DICOM file with a preamble',
      'secondary captures without a place in the patient',
      'secondary captures without a place in the patient',
    ])
    const cases = list.series.map(({ name, files }) => ({
      name,
      input: { files: [...files], name, folder: scratch('volumes') },
    }))
    const { rows } = await runOperation('batch', { operation: 'dicom-to-nifti', cases }, quietContext())
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'done', 'done'])
    // The same slice in three transfer syntaxes is one picture three times.
    expect(rows[0]?.message).toMatch(/All slices of "001_MR" lie at the same place/)
  })
})
