import { describe, expect, it } from 'vitest'
import { trainInputSchema } from '../../native-workers/contract/operations/train.js'
import { networkNameSchema } from '../../native-workers/contract/training/network.js'
import { text } from '../text/en.js'
import { defaultFinetuneForm, prepareFinetuning, type FinetuneForm } from './finetune-request.js'
import { finetuneCommand, trainCommand } from './train-command.js'
import { defaultTrainForm, usualSchedule, type TrainForm } from './train-form.js'
import { prepareTraining, type TrainSituation } from './train-request.js'

const situation: TrainSituation = {
  engineReady: true,
  volume: { path: '/ct/knee.nii.gz', acceptGeometry: false },
  labelsPath: '/ct/labels.nii.gz',
  outputFolder: '/out',
  stamp: '20260102-030405',
}
const ready = (form: Partial<TrainForm>, change: Partial<TrainSituation> = {}) => {
  const prepared = prepareTraining({ ...situation, ...change }, { ...defaultTrainForm, ...form })
  if (prepared.kind === 'missing') throw new Error(prepared.what)
  return prepared.request
}
const wordsOf = (command: ReturnType<typeof trainCommand>): string =>
  command.kind === 'command' ? command.words.join(' ') : command.reason

describe('the request of a training', () => {
  it.each(networkNameSchema.options)('is one that the contract takes (%s)', (network) => {
    const request = trainInputSchema.parse(ready({ network, ...usualSchedule(network) }))
    expect(request.folder).toBe(`/out/train/knee-${network}-20260102-030405`)
    expect(request.configuration.subjects).toEqual([
      {
        name: 'knee',
        volume: situation.volume,
        labels: { path: '/ct/labels.nii.gz', structures: [] },
        weight: 1,
      },
    ])
    expect(request.threads).toBeUndefined()
  })

  it('names every CT otherwise, with its own labels and weight', () => {
    const further = [
      { path: '/b/knee.nii', labelsPath: null, weight: 2 },
      { path: '/c/knee.mha', labelsPath: '/c/l.nii', weight: 1 },
    ]
    const { subjects } = ready({ further, structures: '1, 3' }).configuration
    expect(
      subjects.map(({ name, labels, weight }) => [name, labels?.path, labels?.structures, weight]),
    ).toEqual([
      ['knee', '/ct/labels.nii.gz', [1, 3], 1],
      ['knee 2', undefined, undefined, 2],
      ['knee 3', '/c/l.nii', [], 1],
    ])
  })

  it.each<[Partial<TrainForm>, Partial<TrainSituation>, string]>([
    [{}, { engineReady: false }, text.engine.notReady],
    [{}, { volume: null }, text.preparation.missing.volume],
    [{}, { outputFolder: null }, text.preparation.missing.folder],
    [{ structures: 'bone' }, {}, text.training.missing.structures],
    [{ warmupIterations: defaultTrainForm.totalIterations }, {}, text.training.missing.warmup],
    [{ weights: { ncc: 0, geo: 0, dice: 0, haus: 0 } }, {}, text.training.missing.weights],
    [{ range: { ...defaultTrainForm.range, tyMm: [-950, -750] } }, {}, text.training.missing.behind],
  ])('says what is missing (%#)', (form, change, what) => {
    const prepared = prepareTraining({ ...situation, ...change }, { ...defaultTrainForm, ...form })
    expect(prepared).toEqual({ kind: 'missing', what })
  })

  it('has a command in xvr’s words', () => {
    const words = wordsOf(trainCommand(ready({ name: 'a', structures: '2', seed: 7, threads: 2 })))
    expect(words).toContain(
      'isocenter train --volpath /ct/knee.nii.gz --maskpath /ct/labels.nii.gz --labels 2',
    )
    expect(words).toContain('--outpath /out/train/a --r1 -30 30 --r2 -15 15')
    expect(words).toContain('--seed 7 --threads 2')
    expect(words).not.toContain('reverse')
    const mixed = [{ path: '/b.nii', labelsPath: null, weight: 1 }]
    expect(wordsOf(trainCommand(ready({ further: mixed })))).toBe(text.training.command.someLabels)
    const bare = wordsOf(trainCommand(ready({ further: mixed, usesLabels: false })))
    expect(bare).toContain('--volpath /ct/knee.nii.gz /b.nii --outpath')
  })
})

describe('the request of a fine-tuning', () => {
  const configuration = trainInputSchema.parse(ready({})).configuration
  const checkpoint = {
    schema: 'isocenter/checkpoint@1' as const,
    created: '',
    version: '',
    network: { file: '0001.onnx', sha256: '', bytes: 1 },
    iteration: 4000,
    medianMtreMm: 9,
    configuration,
    preprocessing: { mean: 0.3, std: 0.3 },
    subjects: [],
    config: {},
  }
  const patient = { ...situation, volume: { path: '/p/hip.nii', acceptGeometry: false }, labelsPath: null }
  const known = { ...patient, checkpoint, checkpointProblem: null }
  const form: FinetuneForm = { ...defaultFinetuneForm, checkpoint: '/n/0001.json' }

  it('keeps ranges, detector and network, and trains on the patient alone', () => {
    const prepared = prepareFinetuning(known, { ...form, warpPath: '/w.tfm', invertsWarp: true })
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    const request = trainInputSchema.parse(prepared.request)
    expect(request.configuration).toMatchObject({
      detector: configuration.detector,
      sampling: configuration.sampling,
      network: configuration.network,
      subjects: [{ name: 'hip' }],
      optimisation: { totalIterations: 1400, learningRate: 1e-3, warmupIterations: 10 },
    })
    expect(request).toMatchObject({ checkpoint: '/n/0001.json', warp: { path: '/w.tfm', invert: true } })
    expect(wordsOf(finetuneCommand(prepared.request))).toContain(
      'finetune --inpath /p/hip.nii --ckptpath /n/0001.json --outpath /out/finetune/hip-light-20260102-030405 --warp /w.tfm --invert',
    )
  })

  it('waits for a network, and says why it can’t be read', () => {
    const what = (change: object, part: Partial<FinetuneForm> = {}) =>
      prepareFinetuning({ ...known, ...change }, { ...form, ...part })
    expect(what({}, { checkpoint: null })).toMatchObject({ what: text.training.missing.checkpoint })
    expect(what({ checkpoint: null })).toMatchObject({ what: text.training.missing.checkpointReading })
    expect(what({ checkpoint: null, checkpointProblem: 'Damaged.' })).toMatchObject({ what: 'Damaged.' })
  })
})
