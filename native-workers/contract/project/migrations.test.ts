import { describe, expect, it } from 'vitest'
import { migrated, projectFrom } from './migrations.js'

const project = {
  schema: 'isocenter/project@1',
  id: '6f2c0a52-9a3c-4b51-9a05-0f4a1f3f7c11',
  name: 'Knee',
  created: '2026-01-02T03:04:05.000Z',
  changed: '2026-01-02T03:04:05.000Z',
  version: '0.1.0',
  patients: [{ id: '6f2c0a52-9a3c-4b51-9a05-0f4a1f3f7c12', name: '', xrays: [], registrations: [] }],
  activePatient: '6f2c0a52-9a3c-4b51-9a05-0f4a1f3f7c12',
  activeStep: 'data',
  registrationSettings: {},
  view: {},
  files: {},
}

describe('projectFrom', () => {
  it('reads a project of this version', () => {
    expect(projectFrom(project)).toMatchObject({ name: 'Knee', view: { maximised: null } })
  })

  it.each([
    [{ ...project, schema: 'isocenter/project@2' }, /newer version/],
    [{ ...project, schema: 'isocenter/pose@1' }, /not a project/],
    [[], /not a project/],
    [{ ...project, patients: [] }, /patients/],
    [{ ...project, activeStep: 3 }, /activeStep/],
  ])('refuses what it can not read (%#)', (document, words) => {
    expect(() => projectFrom(document)).toThrow(words)
  })
})

describe('migrated', () => {
  it('goes from version to version, one function each', () => {
    const steps = {
      1: (document: Readonly<Record<string, unknown>>) => ({ ...document, second: 1 }),
      2: (document: Readonly<Record<string, unknown>>) => ({ ...document, third: document['second'] }),
    }
    expect(migrated({ schema: 'isocenter/project@1' }, steps, 3)).toEqual({
      schema: 'isocenter/project@3',
      second: 1,
      third: 1,
    })
    expect(() => migrated({ schema: 'isocenter/project@0' }, steps, 3)).toThrow(/no longer/)
  })
})
