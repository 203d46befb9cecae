import { describe, expect, it } from 'vitest'
import { poseRangeSchema } from '../../native-workers/contract/training/configuration.js'
import { anatomies } from '../steps/shared/anatomies.js'
import { anatomyPresets } from '../steps/shared/anatomy-presets.js'
import { text } from '../text/en.js'
import { rangeProblem, rangesOfPreset, withOrientation } from './ranges.js'

const detector = { sddMm: 1000, orientation: 'AP' } as const

describe('the ranges of a training', () => {
  it('of every anatomy are ones that can be trained, in AP and PA', () => {
    for (const anatomy of anatomies) {
      for (const orientation of ['AP', 'PA'] as const) {
        const side = { sddMm: 1000, orientation }
        const range = rangesOfPreset(anatomyPresets[anatomy].registration, side)
        expect(poseRangeSchema.safeParse(range).success).toBe(true)
        expect(rangeProblem(range, side)).toBeNull()
      }
    }
  })

  it('turn the sign of the depth with the side of the source, and back', () => {
    const range = rangesOfPreset(anatomyPresets.pelvis.registration, detector)
    expect(range).toMatchObject({ r1Deg: [-50, 50], r3Deg: [-20, 20], tyMm: [630, 870], tzMm: [-100, 100] })
    const pa = withOrientation(range, 'AP', 'PA')
    expect(pa.tyMm).toEqual([-870, -630])
    expect(rangeProblem(pa, detector)).toBe(text.training.missing.behind)
    expect(rangeProblem(pa, { ...detector, orientation: 'PA' })).toBeNull()
    expect(withOrientation(pa, 'PA', 'none')).toEqual(range)
    expect(withOrientation(range, 'AP', 'none')).toBe(range)
  })

  it('are refused where an end is at the wrong side, or the patient behind the detector', () => {
    const range = rangesOfPreset(anatomyPresets.knee.registration, detector)
    const turned = { ...range, r2Deg: [5, -5] as [number, number] }
    expect(rangeProblem(turned, detector)).toBe(text.training.missing.range(text.training.range.r2Deg))
    expect(rangeProblem(range, { ...detector, sddMm: 700 })).toBe(text.training.missing.behind)
  })
})
