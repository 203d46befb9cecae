import { describe, expect, it } from 'vitest'
import { operationContracts } from '../../../native-workers/contract/operations/index.js'
import { text } from '../../text/en.js'
import { cropCommand, defaultCropForm, prepareCrop, type CropForm } from './request.js'
import type { CropBox } from './box/crop-box.js'

const volume = { path: '/a/ct.nii.gz', acceptGeometry: false }
const situation = { engineReady: true, volume, labelsPath: '/a/seg.nii.gz', outputFolder: '/out' }
const femur = { name: 'right femur', labels: '3' }
const pelvis = { name: '', labels: '1, 2' }

function prepared(part: Partial<CropForm>, source = volume) {
  const made = prepareCrop({ ...situation, volume: source }, { ...defaultCropForm, ...part })
  if (made.kind === 'missing') throw new Error(made.what)
  return made.request
}

describe('cropping', () => {
  it('asks with the defaults of the operation', () => {
    const { crop } = operationContracts
    const request = prepared({ structures: [femur, { name: '', labels: '' }, pelvis] })
    const parsed = crop.input.parse(request)
    expect(parsed.structures).toEqual([
      { name: 'right femur', labels: [3] },
      { name: 'label-1+2', labels: [1, 2] },
    ])
    const { structures, folder, caseName, labelsPath } = request
    expect(parsed).toEqual(crop.input.parse({ volume, labelsPath, structures, folder, caseName }))
    expect([folder, caseName]).toEqual(['/out/crop', 'ct'])
  })

  it('says what is missing, one thing after the other', () => {
    const words = text.preparation.missing
    const cases = [
      [{ volume: null }, {}, words.volume],
      [{ labelsPath: null }, {}, words.labels],
      [{}, {}, words.structures],
      [{}, { structures: [{ name: 'a/b', labels: '1' }] }, words.structure],
      [{}, { structures: [{ name: 'femur', labels: '' }] }, words.structure],
      [{ outputFolder: null }, { structures: [femur] }, words.folder],
    ] as const
    for (const [lacking, form, what] of cases) {
      const made = prepareCrop({ ...situation, ...lacking }, { ...defaultCropForm, ...form })
      expect(made).toEqual({ kind: 'missing', what })
    }
  })

  it('has the command that does the same', () => {
    const words = ['isocenter', 'crop', '/a/ct.nii.gz', '--labels', '/a/seg.nii.gz']
    expect(cropCommand(prepared({ structures: [femur, pelvis] }))).toEqual({
      kind: 'command',
      words: [...words, '--structures', 'right femur=3,label-1+2=1+2', '--out', '/out/crop'],
    })
    const series = { path: '/a/dicom', seriesUid: '1.2.3', acceptGeometry: true }
    const command = cropCommand(prepared({ structures: [femur], paddingMm: 8.5, mirror: 'right' }, series))
    expect(command).toMatchObject({ kind: 'command' })
    if (command.kind === 'command') {
      expect(command.words.slice(5)).toEqual([
        ...['--series', '1.2.3', '--accept-geometry', '--structures', 'right femur=3'],
        ...['--padding', '8.5', '--mirror', 'right', '--out', '/out/crop'],
      ])
    }
  })

  it('cuts out the box that is drawn, with or without a label map', () => {
    const box: CropBox = {
      volumePath: '/a/ct.nii.gz',
      grid: {
        size: [10, 20, 30],
        spacingMm: [1, 1, 2],
        originMm: [0, 0, 0],
        direction: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      bytesPerVoxel: 2,
      first: [1, 2, 3],
      last: [4, 5, 6],
    }
    const request = prepared({ method: 'box', box, structures: [femur], boxName: 'hip' })
    const parsed = operationContracts.crop.input.parse(request)
    expect(parsed.structures).toEqual([])
    expect(parsed.box).toEqual({ unit: 'voxels', name: 'hip', first: [1, 2, 3], last: [4, 5, 6] })
    expect(cropCommand(request)).toMatchObject({
      words: [
        ...['isocenter', 'crop', '/a/ct.nii.gz', '--labels', '/a/seg.nii.gz'],
        ...['--box', '1,2,3,4,5,6', '--box-name', 'hip', '--out', '/out/crop'],
      ],
    })
    const form: CropForm = { ...defaultCropForm, method: 'box', box }
    const alone = prepareCrop({ ...situation, labelsPath: null }, form)
    expect(alone).toMatchObject({ kind: 'ready' })
    if (alone.kind === 'ready') expect(operationContracts.crop.input.parse(alone.request)).toBeDefined()
    const words = text.preparation.missing
    const other = { ...situation, volume: { path: '/b/ct.nii.gz', acceptGeometry: false } }
    expect(prepareCrop(other, form)).toEqual({ kind: 'missing', what: words.otherBox })
    expect(prepareCrop(situation, { ...form, box: null })).toEqual({ kind: 'missing', what: words.box })
    expect(prepareCrop(situation, { ...form, boxName: 'a/b' })).toEqual({
      kind: 'missing',
      what: words.boxName,
    })
  })

  it('has no command for a spacing given by hand', () => {
    expect(
      cropCommand({ ...prepared({ structures: [femur] }), volume: { ...volume, spacingMm: [1, 1, 2] } }),
    ).toEqual({
      kind: 'none',
      reason: text.preparation.command.noSpacing,
    })
  })
})
