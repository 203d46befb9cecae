import { describe, expect, it } from 'vitest'
import { parseOperationInput } from '../../native-workers/contract/operations/parse-input.js'
import { pathsOf } from './request-paths.js'

describe('pathsOf', () => {
  it('finds every path of a registration', () => {
    const input = parseOperationInput('register', {
      views: [
        { xray: { path: 'a.dcm', maskPath: 'a-mask.png' }, camera: { kind: 'file', path: 'a.camera.json' } },
        { xray: { path: 'b.png' }, camera: { kind: 'numbers', sddMm: 1000 } },
      ],
      volume: { path: 'ct' },
      labels: { path: 'labels.nii' },
      initial: { kind: 'search' },
    })
    expect(pathsOf('register', input)).toEqual({
      inputs: ['ct', 'labels.nii', 'a.dcm', 'a-mask.png', 'a.camera.json', 'b.png'],
      outputFolders: [],
    })
  })

  it('counts the folders of written files as outputs', () => {
    const input = parseOperationInput('phantom', { folder: 'out' })
    expect(pathsOf('phantom', input)).toEqual({ inputs: [], outputFolders: ['out'] })
  })
})
