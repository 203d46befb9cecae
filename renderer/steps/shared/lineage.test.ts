import { describe, expect, it } from 'vitest'
import type { StepName } from '../../workflow/step-names.js'
import { enteredRun, isCurrent, originIn, type SessionFiles, type StepRun, type Trace } from './lineage.js'

const clean: Trace = {
  volume: null,
  labels: '/seg',
  volumes: [],
  labelMaps: ['/seg_cleaned'],
  isUpToDate: false,
}
const crop: Trace = {
  volume: '/ct',
  labels: '/seg_cleaned',
  volumes: ['/ct_femur', '/ct_pelvis'],
  labelMaps: ['/ct_femur_labels', '/ct_pelvis_labels'],
  isUpToDate: false,
}

function history(...entries: readonly (readonly [StepName, Trace])[]): readonly StepRun[] {
  return entries.reduce<readonly StepRun[]>(
    (runs, [step, trace]) => [...runs, enteredRun({ step, settings: 'as set', source: null }, trace, runs)],
    [],
  )
}

/** Whether the last run of a step is current. */
function current(
  runs: readonly StepRun[],
  step: StepName,
  session: SessionFiles,
  settings = 'as set',
): boolean {
  const run = runs.findLast((candidate) => candidate.step === step)
  return run !== undefined && isCurrent(run, runs, session, settings)
}

describe('a run of a step', () => {
  const cropped = { volume: '/ct_femur', labels: '/ct_femur_labels' }

  it('is current while its inputs are open, and when the session has gone on from its outputs', () => {
    const runs = history(['clean', clean], ['crop', crop])
    expect(current(runs, 'crop', { volume: '/ct', labels: '/seg_cleaned' })).toBe(true)
    expect(current(runs, 'crop', cropped)).toBe(true)
    expect(current(runs, 'clean', cropped)).toBe(true)
  })

  it('is out of date with another CT, another label map, or other settings', () => {
    const runs = history(['clean', clean], ['crop', crop])
    expect(current(runs, 'crop', { volume: '/other', labels: '/seg_cleaned' })).toBe(false)
    expect(current(runs, 'crop', { volume: '/ct', labels: '/other' })).toBe(false)
    expect(current(runs, 'crop', { volume: '/ct', labels: null })).toBe(false)
    expect(current(runs, 'crop', cropped, 'otherwise')).toBe(false)
  })

  it('is out of date once an earlier step wrote its input again', () => {
    const runs = history(['clean', clean], ['crop', crop], ['clean', clean])
    expect(current(runs, 'clean', cropped)).toBe(true)
    expect(current(runs, 'crop', cropped)).toBe(false)
    const isotropic: Trace = {
      ...crop,
      volume: '/ct_femur',
      labels: '/ct_femur_labels',
      volumes: ['/iso'],
      labelMaps: [],
    }
    const longer = history(['clean', clean], ['crop', crop], ['isotropic', isotropic], ['clean', clean])
    expect(current(longer, 'isotropic', { volume: '/iso', labels: '/ct_femur_labels' })).toBe(false)
  })

  it('stays current when the earlier step found its work done', () => {
    const runs = history(['clean', clean], ['crop', crop], ['clean', { ...clean, isUpToDate: true }])
    expect(current(runs, 'crop', cropped)).toBe(true)
  })

  it('may write the file that it read', () => {
    const onto: Trace = { ...clean, labelMaps: ['/seg'] }
    expect(current(history(['clean', onto]), 'clean', { volume: null, labels: '/seg' })).toBe(true)
  })

  it('is found from what was made of its outputs, and only from that', () => {
    const runs = history(['clean', clean], ['crop', crop])
    expect(originIn('crop', 'volume', '/ct_pelvis', runs)?.volume).toBe('/ct')
    expect(originIn('clean', 'labels', '/ct_femur_labels', runs)?.labels).toBe('/seg')
    expect(originIn('crop', 'volume', '/ct', runs)).toBeNull()
    expect(originIn('crop', 'labels', '/seg_cleaned', runs)).toBeNull()
    expect(originIn('crop', 'volume', null, runs)).toBeNull()
  })
})
