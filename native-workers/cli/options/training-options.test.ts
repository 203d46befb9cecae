import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { trainingConfigurationSchema } from '../../contract/training/configuration.js'
import { anatomies, finetuneDefaults, finetuneIterations } from '../../contract/training/presets.js'
import { smallConfiguration } from '../../training/testing/small-training.js'
import { finetuneConfiguration } from './finetune-configuration.js'
import { addTrainingOptions, trainingConfiguration, type TrainingOptions } from './training-options.js'

const subjects = [{ name: 'patient', volume: { path: 'ct.nii' } }]

function parse(...argv: string[]) {
  const command = addTrainingOptions(new Command('test'))
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  const options = command.parse(argv, { from: 'user' }).opts<TrainingOptions>()
  return trainingConfigurationSchema.parse(trainingConfiguration(options, subjects))
}

const ranges = [
  '--r1',
  '135',
  '225',
  '--r2',
  '-45',
  '45',
  '--r3=-15,15',
  '--tx',
  '-150',
  '150',
  '--ty',
  '450',
]
const pelvis = [
  ...ranges,
  '1000',
  '--tz',
  '-150',
  '150',
  '--sdd',
  '1020',
  '--height',
  '128',
  '--delx',
  '2.1764375',
]

describe('the configuration of a training from options', () => {
  it("reads xvr's words with xvr's defaults for its networks", () => {
    const configuration = parse(...pelvis, '--model-name', 'resnet34')
    expect(configuration).toMatchObject({
      detector: { sddMm: 1020, height: 128, delxMm: 2.1764375, orientation: 'AP', reverseXAxis: true },
      sampling: {
        range: {
          r1Deg: [135, 225],
          r2Deg: [-45, 45],
          r3Deg: [-15, 15],
          txMm: [-150, 150],
          tyMm: [450, 1000],
          tzMm: [-150, 150],
        },
        batchSize: 116,
        imageThreshold: 0.1,
        maskThreshold: 0.05,
        augmentation: 0.333,
        boneMultiplier: [1, 10],
      },
      network: {
        name: 'resnet34',
        parameterization: 'quaternion_adjugate',
        convention: 'ZXY',
        unitConversionFactor: 1000,
      },
      optimisation: {
        learningRate: 2e-4,
        weights: { ncc: 1, geo: 0.01, dice: 1, haus: 0.1 },
        totalIterations: 1_000_000,
        warmupIterations: 1000,
        accumulate: 4,
        saveEvery: 1000,
        schedule: true,
      },
      seed: 0,
    })
  })

  it('takes the light network without a GPU in mind, with a schedule of its own', () => {
    const { network, optimisation, sampling } = parse(...pelvis)
    expect(network.name).toBe('light')
    expect(optimisation.totalIterations).toBeLessThan(20_000)
    expect(sampling.batchSize).toBeLessThan(64)
  })

  it('is complete from a preset alone, and what is given replaces it', () => {
    for (const anatomy of anatomies) expect(parse('--preset', anatomy).detector.height).toBe(128)
    const { detector, sampling } = parse('--preset', 'pelvis', '--r1', '150', '210', '--height', '64')
    expect(sampling.range.r1Deg).toEqual([150, 210])
    expect(sampling.range.tyMm).toEqual([450, 1000])
    expect(detector.delxMm).toBeCloseTo(2 * 2.1764375, 12)
  })

  it('reads switches', () => {
    const { detector, optimisation } = parse(
      ...['--preset', 'chest', '--no-reverse-x-axis', '--orientation', 'PA', '--disable-scheduler'],
      ...['--n-total-itrs', '50'],
    )
    expect(detector).toMatchObject({ orientation: 'PA', reverseXAxis: false })
    expect(optimisation).toMatchObject({ schedule: false, totalIterations: 50, warmupIterations: 50 })
  })

  it('names what is missing or wrong', () => {
    expect(() => parse('--r1', '0', '10')).toThrow('--sdd is not given')
    expect(() => parse('--preset', 'chest', '--r1', '10', '0')).toThrow('--r1 needs two numbers')
    expect(() => parse('--preset', 'chest', '--r1', '10')).toThrow('--r1 needs two numbers')
    expect(() => parse('--preset', 'chest', '--r1', '1', '2', '3')).toThrow()
    expect(() => parse('--preset', 'hand')).toThrow()
  })
})

describe('the configuration of a fine-tuning', () => {
  it('is that of the checkpoint with another CT and a short schedule', () => {
    const trained = smallConfiguration()
    const tuned = finetuneConfiguration(trained, subjects[0], { seed: 3, rescale: 1.5 })
    expect(tuned.subjects).toEqual(subjects)
    expect(tuned.network).toEqual(trained.network)
    expect(tuned.sampling).toEqual(trained.sampling)
    expect(tuned.detector).toMatchObject({ height: 96, delxMm: 3 })
    expect(tuned.optimisation).toMatchObject({
      learningRate: finetuneDefaults.learningRate,
      totalIterations: finetuneIterations.light,
      warmupIterations: 10,
      accumulate: 1,
    })
    expect(trainingConfigurationSchema.parse(tuned).seed).toBe(3)
  })
})
