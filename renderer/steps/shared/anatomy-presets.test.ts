import { describe, expect, it } from 'vitest'
import { defaultRegistrationSettings } from '../../registration/settings.js'
import { anatomies } from './anatomies.js'
import { anatomyPresets } from './anatomy-presets.js'

describe('the presets of anatomies', () => {
  it.each(anatomies)('are settings that the fields of a registration take: %s', (anatomy) => {
    const { registration, spacingMm, paddingMm } = anatomyPresets[anatomy]
    expect(spacingMm).toBeGreaterThan(0)
    expect(paddingMm).toBeGreaterThan(0)
    for (const [name, value] of Object.entries<unknown>({ ...registration })) {
      const byDefault = Object.entries<unknown>({ ...defaultRegistrationSettings }).find(
        ([key]) => key === name,
      )?.[1]
      expect(typeof value, name).toBe(typeof byDefault)
    }
    expect(registration.rangeTurnDeg).toBeLessThanOrEqual(180)
    expect(registration.rangeTiltDeg).toBeLessThanOrEqual(90)
  })
})
