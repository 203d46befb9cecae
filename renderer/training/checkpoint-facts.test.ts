import { describe, expect, it } from 'vitest'
import { trainInputSchema } from '../../native-workers/contract/operations/train.js'
import { checkpointFacts, checkpointName } from './checkpoint-facts.js'
import { defaultTrainForm } from './train-form.js'
import { settingsOfForm } from './train-settings.js'

describe('what is said of a checkpoint', () => {
  it('names the training beside the file, whose name is the same in all of them', () => {
    expect(checkpointName('/out/train/knee-light/best.json')).toBe('knee-light / best.json')
    expect(checkpointName('C:\\out\\knee\\0012.json')).toBe('knee / 0012.json')
    expect(checkpointName('/out/train/knee-light')).toBe('knee-light')
    expect(checkpointName('/x/vessels.pth')).toBe('vessels.pth')
  })

  it('holds its geometry in the terms of the form', () => {
    const subjects = [{ name: 'ct', volume: { path: '/ct.nii' } }]
    const { configuration } = trainInputSchema.parse({
      configuration: { subjects, ...settingsOfForm(defaultTrainForm) },
      folder: '/t',
    })
    const facts = checkpointFacts({
      schema: 'isocenter/checkpoint@1',
      created: '',
      version: '',
      network: { file: '', sha256: '', bytes: 0 },
      iteration: 4000,
      medianMtreMm: 12.34,
      configuration,
      preprocessing: { mean: 0, std: 1 },
      subjects: [{ name: 'ct', isocentreMm: [0, 0, 0], sha256: '' }],
      config: {},
    })
    expect(facts.map(({ value }) => value)).toEqual([
      'Light, 1 M parameters',
      '4,000',
      '12.3 mm',
      'ct',
      '±30°, ±15°, ±25°',
      '±100, 750…950, ±100 mm',
      '1200 mm, 128 px of 3.359 mm',
      'AP, reversed',
    ])
  })
})
