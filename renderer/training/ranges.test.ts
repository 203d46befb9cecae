import { describe, expect, it } from 'vitest'
import { anatomies, anatomyPresets } from '../../native-workers/contract/training/presets.js'
import { text } from '../text/en.js'
import { rangeProblem, withOrientation } from './ranges.js'

const { range, detector } = anatomyPresets.chest

describe('the ranges of a training', () => {
  it.each(anatomies)('of an anatomy can be trained (%s)', (anatomy) => {
    expect(rangeProblem(anatomyPresets[anatomy].range, anatomyPresets[anatomy].detector)).toBeNull()
  })

  it('turn the sign of the depth with the side of the source, and back', () => {
    const pa = withOrientation(range, 'AP', 'PA')
    expect(pa.tyMm).toEqual([-950, -750])
    expect(rangeProblem(pa, detector)).toBe(text.training.missing.behind)
    expect(rangeProblem(pa, { ...detector, orientation: 'PA' })).toBeNull()
    expect(rangeProblem(range, { ...detector, orientation: 'PA' })).toBe(text.training.missing.behindPa)
    expect(withOrientation(pa, 'PA', 'none')).toEqual(range)
    expect(withOrientation(range, 'AP', 'none')).toBe(range)
  })

  it('are refused where an end is at the wrong side, or the patient behind the detector', () => {
    const turned = { ...range, r2Deg: [5, -5] as [number, number] }
    expect(rangeProblem(turned, detector)).toBe(text.training.missing.range(text.training.range.r2Deg))
    expect(rangeProblem(range, { ...detector, sddMm: 700 })).toBe(text.training.missing.behind)
  })
})
