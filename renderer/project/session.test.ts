import { describe, expect, it } from 'vitest'
import type { Project, ProjectXray } from '../../native-workers/contract/project/project.js'
import { identity4 } from '../geometry/math.js'
import { defaultRegistrationSettings } from '../registration/settings.js'
import { defaultTrainForm } from '../training/train-form.js'
import { formOfSettings, settingsOfForm } from '../training/train-settings.js'
import { captured, nothingUnopened, patientOf, settingsFrom, type Session } from './session.js'

const xray = (path: string): ProjectXray => ({
  source: {
    path,
    frame: 0,
    preprocessing: { crop: 0, invert: false, subtractBackground: false, linearize: true, autoMask: true },
  },
  included: true,
})
const session: Session = {
  volume: { path: '/ct.nii', acceptGeometry: false },
  labels: null,
  shownLabels: null,
  labelEdits: null,
  xrays: [xray('/a.png')],
  worldFromVolume: [
    [1, 0, 0, 5],
    [0, 1, 0, 6],
    [0, 0, 1, 7],
    [0, 0, 0, 1],
  ],
  registrations: [{ folder: '/r', created: '1', verdict: 'check', note: 'hip only', decision: 'rejected' }],
  shownRegistration: '/r',
  transforms: [{ id: 't', name: 'Centred', movedFromVolume: identity4, source: 'ct_centering.tfm' }],
  cropBox: { first: [0, 1, 2], last: [10, 11, 12], isChosen: true },
  points: [{ name: 'P1', colour: '#aabbcc', position: [1, 2, 3] }],
  pointsOfOtherVolume: false,
  settings: { ...defaultRegistrationSettings, seed: 4 },
  networks: ['/n/0010.json'],
  training: '/n',
  trainingSettings: settingsOfForm({ ...defaultTrainForm, seed: 3 }),
  activeStep: 'register',
  view: {
    windowLevel: { width: 400, centre: 40 },
    crosshairMm: [1, 2, 3],
    layout: 'all',
    maximised: null,
    overlayMode: 'blend',
    blend: 0.3,
  },
}
const project: Project = {
  schema: 'isocenter/project@1',
  id: 'p',
  name: 'Knee',
  created: '',
  changed: '',
  version: '',
  patients: [
    { id: 'other', name: 'Other', xrays: [xray('/other.png')], registrations: [] },
    { id: 'shown', name: 'Shown', xrays: [], registrations: [] },
  ],
  activePatient: 'shown',
  activeStep: 'data',
  registrationSettings: {},
  view: { maximised: null },
}

describe('captured', () => {
  it('is the session in the active patient; other patients stay', () => {
    const next = captured(project, session, nothingUnopened)
    expect(next.patients[0]).toBe(project.patients[0])
    const { volume, xrays, registrations, shownRegistration, transforms } = session
    expect(patientOf(next)).toMatchObject({ volume, xrays, registrations, shownRegistration, transforms })
    expect(patientOf(next).cropBox).toEqual(session.cropBox)
    expect(patientOf(next)).toMatchObject({ networks: ['/n/0010.json'], training: '/n' })
    expect(next.trainingSettings && formOfSettings(next.trainingSettings)).toMatchObject({
      seed: 3,
      network: 'light',
    })
    expect(next).toMatchObject({ activeStep: 'register', registrationSettings: { seed: 4 } })
  })

  it('keeps what could not be opened, until something else takes its place', () => {
    const lost = { path: '/lost.nii', acceptGeometry: false }
    const unopened = { ...nothingUnopened, volume: lost, xrays: [xray('/lost.png')] }
    const without = captured(project, { ...session, volume: null }, unopened)
    expect(patientOf(without)).toMatchObject({ volume: lost, xrays: [xray('/a.png'), xray('/lost.png')] })
    expect(patientOf(captured(project, session, unopened)).volume).toBe(session.volume)
  })
})

describe('settingsFrom', () => {
  it('takes what it knows and passes over the rest', () => {
    const stored = { seed: 7, robust: 'yes', metric: 'ncc', ofANewerProgram: 1 }
    expect(settingsFrom(stored, defaultRegistrationSettings)).toEqual({
      ...defaultRegistrationSettings,
      seed: 7,
      metric: 'ncc',
    })
  })
})
