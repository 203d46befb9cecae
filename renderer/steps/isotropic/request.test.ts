import { describe, expect, it } from 'vitest'
import { operationContracts } from '../../../native-workers/contract/operations/index.js'
import { text } from '../../text/en.js'
import { defaultIsotropicForm, isotropicCommand, prepareIsotropic, type IsotropicForm } from './request.js'

const volume = { path: '/a/ct.nii.gz', acceptGeometry: false }
const situation = { engineReady: true, volume, labelsPath: '/a/seg.nii.gz', outputFolder: '/out' }

function prepared(part: Partial<IsotropicForm> = {}) {
  const made = prepareIsotropic(situation, { ...defaultIsotropicForm, ...part })
  if (made.kind === 'missing') throw new Error(made.what)
  return made.request
}

describe('making a CT isotropic', () => {
  it('asks with the defaults of the operation', () => {
    const { input } = operationContracts['resample-isotropic']
    const { labelsPath, folder, caseName } = prepared()
    expect(input.parse(prepared())).toEqual(
      input.parse({ volume, labelsPath, spacingMm: 'min', folder, caseName }),
    )
    expect(folder).toBe('/out/isotropic')
  })

  it('says what is missing', () => {
    const words = text.preparation.missing
    const cases = [
      [{ volume: null }, words.volume],
      [{ outputFolder: null }, words.folder],
    ] as const
    for (const [lacking, what] of cases) {
      expect(prepareIsotropic({ ...situation, ...lacking }, defaultIsotropicForm)).toEqual({
        kind: 'missing',
        what,
      })
    }
  })

  it('has the command that does the same', () => {
    const words = ['isocenter', 'isotropic', '/a/ct.nii.gz', '--spacing']
    const labels = ['--labels', '/a/seg.nii.gz']
    expect(isotropicCommand(prepared())).toEqual({
      kind: 'command',
      words: [...words, 'min', ...labels, '--out', '/out/isotropic'],
    })
    const all = prepared({
      spacing: 'given',
      spacingMm: 0.8,
      center: true,
      keep: 'extent',
      interpolation: 'sinc',
      float: true,
      format: 'nrrd',
    })
    expect(isotropicCommand(all)).toEqual({
      kind: 'command',
      words: [
        ...[...words, '0.8', ...labels, '--center', '--keep', 'extent', '--interpolation', 'sinc'],
        ...['--float', '--format', 'nrrd', '--out', '/out/isotropic'],
      ],
    })
  })
})
