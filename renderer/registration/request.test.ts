import { describe, expect, it } from 'vitest'
import { operationContracts } from '../../native-workers/contract/operations/index.js'
import { cameraFromNumbers } from '../geometry/camera.js'
import { identity4 } from '../geometry/math.js'
import { text } from '../text/en.js'
import { missingForRegistration, registrationRequest, type RegistrationSituation } from './request.js'
import { defaultRegistrationSettings } from './settings.js'

const preprocessing = {
  crop: 8,
  invert: false,
  subtractBackground: false,
  linearize: false,
  autoMask: true,
}
const camera = cameraFromNumbers({
  imageSize: { width: 100, height: 80 },
  sourceToDetectorMm: 1000,
  pixelSpacingMm: [1, 1],
  principalPoint: [49.5, 39.5],
  cameraFromWorld: identity4,
})
const xray = { path: '/x.png', frame: 0, preprocessing }
const situation: RegistrationSituation = {
  engineReady: true,
  volume: { path: '/ct.nii.gz', acceptGeometry: false },
  labels: null,
  views: [{ source: xray, camera }],
  settings: defaultRegistrationSettings,
  worldFromVolume: identity4,
  nominal: () => identity4,
  startResult: null,
  networks: [],
  landmarks: {
    points3d: { schema: 'isocenter/points@1', frame: 'LPS', points: [] },
    points2d: [],
    missing: null,
  },
}

describe('the registration request', () => {
  it('is one that the contract accepts, for every start', () => {
    const points2d = [{ schema: 'isocenter/image-points@1' as const, points: [] }]
    const landmarks = { ...situation.landmarks, points2d }
    for (const start of ['search', 'pose', 'dicom', 'landmarks'] as const) {
      const settings = { ...defaultRegistrationSettings, start }
      const request = registrationRequest({ ...situation, landmarks, settings })
      const parsed = operationContracts.register.input.parse(request)
      expect(parsed.initial.kind).toBe(start)
    }
  })

  it('gives the camera of the image before the crop', () => {
    const source = registrationRequest(situation)?.views[0]?.camera
    expect(source?.kind === 'camera' && source.camera.imageSize).toEqual({ width: 108, height: 88 })
  })

  it('names the first thing that is missing, and is not made then', () => {
    const cases: [Partial<RegistrationSituation>, string][] = [
      [{ engineReady: false }, text.registration.missing.engine],
      [{ volume: null }, text.registration.missing.volume],
      [{ views: [] }, text.registration.missing.xray],
      [{ views: [{ source: xray, camera: null }] }, text.registration.missing.camera],
    ]
    for (const [change, reason] of cases) {
      const changed = { ...situation, ...change }
      expect(missingForRegistration(changed)).toBe(reason)
      expect(registrationRequest(changed)).toBeNull()
    }
  })

  it('asks for the earlier result that it starts from', () => {
    const settings = { ...defaultRegistrationSettings, start: 'result' as const }
    expect(missingForRegistration({ ...situation, settings })).toBe(text.registration.missing.startResult)
    expect(registrationRequest({ ...situation, settings })).toBeNull()
  })

  it('asks for points when it starts from them', () => {
    const settings = { ...defaultRegistrationSettings, start: 'landmarks' as const }
    const landmarks = { ...situation.landmarks, missing: 'Points.' }
    expect(missingForRegistration({ ...situation, landmarks, settings })).toBe('Points.')
    expect(missingForRegistration({ ...situation, landmarks })).toBeNull()
  })
})
