import { describe, expect, it } from 'vitest'
import { operationContracts } from '../../../native-workers/contract/operations/index.js'
import { text } from '../../text/en.js'
import {
  coregisterCommand,
  defaultCoregisterForm,
  prepareCoregister,
  type CoregisterForm,
} from './request.js'

const volume = { path: '/a/ct.nii.gz', acceptGeometry: false }
const situation = { engineReady: true, volume, labelsPath: null, outputFolder: '/out' }
const form = { ...defaultCoregisterForm, reference: '/a/ref.nii.gz' }

function prepared(part: Partial<CoregisterForm> = {}, labelsPath: string | null = null) {
  const made = prepareCoregister({ ...situation, labelsPath }, { ...form, ...part })
  if (made.kind === 'missing') throw new Error(made.what)
  return made.request
}

describe('co-registering', () => {
  it('asks with the defaults of the operation', () => {
    const { input } = operationContracts.coregister
    const { reference, folder, caseName } = prepared()
    expect(input.parse(prepared())).toEqual(input.parse({ volume, reference, folder, caseName }))
    expect(folder).toBe('/out/coregister')
  })

  it('says what is missing', () => {
    const words = text.preparation.missing
    const cases = [
      [{ volume: null }, {}, words.volume],
      [{}, { reference: null }, words.reference],
      [{}, { reference: volume.path }, words.otherReference],
      [{ outputFolder: null }, {}, words.folder],
    ] as const
    for (const [lacking, part, what] of cases) {
      const made = prepareCoregister({ ...situation, ...lacking }, { ...form, ...part })
      expect(made).toEqual({ kind: 'missing', what })
    }
  })

  it('has the command that does the same', () => {
    const words = ['isocenter', 'coregister', '/a/ct.nii.gz', '--reference', '/a/ref.nii.gz']
    expect(coregisterCommand(prepared())).toEqual({
      kind: 'command',
      words: [...words, '--out', '/out/coregister'],
    })
    const all = prepared(
      { method: 'affine', search: false, grid: 'reference', referenceLabels: '/a/ref seg.nii' },
      '/a/seg.nii',
    )
    expect(coregisterCommand(all)).toEqual({
      kind: 'command',
      words: [
        ...[...words, '--labels', '/a/seg.nii', '--reference-labels', '/a/ref seg.nii'],
        ...['--method', 'affine', '--no-search', '--grid', 'reference', '--out', '/out/coregister'],
      ],
    })
  })

  it('has no command for one series of a folder', () => {
    expect(coregisterCommand({ ...prepared(), volume: { ...volume, seriesUid: '1.2' } })).toEqual({
      kind: 'none',
      reason: text.preparation.command.noSeries,
    })
  })
})
