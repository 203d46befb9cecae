import { describe, expect, it } from 'vitest'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { operationContracts } from '../../../native-workers/contract/operations/index.js'
import { identity4 } from '../../geometry/math.js'
import { text } from '../../text/en.js'
import type { NamedTransform } from '../model/transform.js'
import { applyCommand, defaultApplyForm, prepareApply, resultingMethod, type ApplyForm } from './request.js'

const volume = { path: '/a/ct.nii.gz', acceptGeometry: false }
const situation = { engineReady: true, volume, labelsPath: '/a/seg.nii.gz', outputFolder: '/out' }
const named = (movedFromVolume: Matrix4): NamedTransform => ({
  id: 't',
  name: 't',
  movedFromVolume,
  source: '',
})
const shifted = named([
  [1, 0, 0, 5],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
])
const mirror = named([
  [-1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
])

function prepared(part: Partial<ApplyForm> = {}, file: string | null = null) {
  const made = prepareApply(situation, { ...defaultApplyForm, ...part }, shifted, file)
  if (made.kind === 'missing') throw new Error(made.what)
  return made.request
}

describe('applying a transform', () => {
  it('hands the engine the way back, which files hold too', () => {
    const { input } = operationContracts['apply-transform']
    const parsed = input.parse(prepared())
    expect(parsed).toMatchObject({ volume, labelsPath: '/a/seg.nii.gz', method: 'auto', caseName: 'ct' })
    expect(parsed.folder).toBe('/out/transforms')
    expect(parsed.transform.kind === 'matrix' && parsed.transform.originalFromMoved[0][3]).toBe(-5)
    expect(prepared({ moves: 'ct' }).labelsPath).toBeUndefined()
    expect(prepared({ moves: 'labels' })).toMatchObject({ volume: undefined, caseName: 'seg' })
  })

  it('says what is missing', () => {
    const words = text.transforms
    const what = (part: Partial<ApplyForm>, transform: NamedTransform | null, changes = {}) => {
      const made = prepareApply(
        { ...situation, ...changes },
        { ...defaultApplyForm, ...part },
        transform,
        null,
      )
      return made.kind === 'missing' ? made.what : null
    }
    expect(what({}, null)).toBe(words.noTransform)
    expect(what({}, named(identity4))).toBe(words.isIdentity)
    expect(what({ method: 'header' }, mirror)).toBe(words.headerMissing)
    expect(what({ method: 'header', reference: '/r.nii' }, shifted)).toBe(words.referenceHeader)
    expect(what({ moves: 'labels' }, shifted, { labelsPath: null })).toBe(words.noLabels)
    expect(what({}, shifted, { outputFolder: null })).toBe(text.preparation.missing.folder)
    expect(what({}, mirror)).toBeNull()
  })

  it('knows what becomes of the voxels', () => {
    expect(resultingMethod(defaultApplyForm, shifted)).toBe('header')
    expect(resultingMethod(defaultApplyForm, mirror)).toBe('resample')
    expect(resultingMethod({ ...defaultApplyForm, reference: '/r.nii' }, shifted)).toBe('resample')
  })

  it('has the command once the transform lies in a file', () => {
    expect(applyCommand(prepared())).toEqual({ kind: 'none', reason: text.transforms.commandNeedsFile })
    const words = ['isocenter', 'transform', 'apply', '/a/ct.nii.gz', '--labels', '/a/seg.nii.gz']
    expect(applyCommand(prepared({ method: 'resample' }, '/out/transforms/t.tfm'))).toEqual({
      kind: 'command',
      words: [
        ...words,
        '--warp',
        '/out/transforms/t.tfm',
        '--method',
        'resample',
        '--out',
        '/out/transforms',
      ],
    })
  })
})
