import { describe, expect, it } from 'vitest'
import { preprocessingSchema } from '../contract/operations/sources.js'
import { prepareXray } from './prepare-xray.js'
import { type XrayImage } from './xray-image.js'

function xray(pixels: readonly number[], width: number, relationship?: string): XrayImage {
  return {
    width,
    height: pixels.length / width,
    pixels: Float32Array.from(pixels),
    tags: { frames: 1, pixelIntensityRelationship: relationship },
    issues: [],
    format: 'test',
  }
}

const steps = (given: Partial<ReturnType<typeof preprocessingSchema.parse>>) =>
  preprocessingSchema.parse({ autoMask: false, ...given })

const close = (actual: Float32Array, expected: readonly number[]) =>
  Math.max(...expected.map((value, index) => Math.abs(actual[index] - value)))

describe('prepareXray', () => {
  it('scales to 0..1 and records nothing when nothing is asked', () => {
    const { pixels, notes } = prepareXray(xray([10, 20, 30, 50], 2), steps({}))
    expect([...pixels]).toEqual([0, 0.25, 0.5, 1])
    expect(notes).toEqual([])
  })

  it('linearizes: equal factors of exposure become equal steps, zero exposure stays finite', () => {
    const exposures = [0, 600, 6000, 60000]
    const { pixels, notes } = prepareXray(xray(exposures, 2), steps({ linearize: true }))
    const integrals = exposures.map((value) => -Math.log((value / 60000 + 5e-4) / (1 + 5e-4)))
    const expected = integrals.map((value) => value / integrals[0])
    expect(close(pixels, expected)).toBeLessThan(1e-6)
    expect(notes[0]).toContain('Linearized')
  })

  it('linearizes coarse steps no finer than they are', () => {
    const { pixels } = prepareXray(xray([0, 1, 3, 4], 2), steps({ linearize: true }))
    const integrals = [0, 0.25, 0.75, 1].map((x) => Math.log(1.5) - Math.log(x + 0.5))
    expect(
      close(
        pixels,
        integrals.map((value) => value / integrals[0]),
      ),
    ).toBeLessThan(1e-6)
  })

  it('does not linearize twice what is logarithmic already', () => {
    const { pixels, notes } = prepareXray(xray([0, 1, 3, 4], 2, 'LOG'), steps({ linearize: true }))
    expect([...pixels]).toEqual([0, 0.25, 0.75, 1])
    expect(notes[0]).toContain('LOG')
  })

  it('subtracts the background: what is brighter than the commonest value is flattened', () => {
    const { pixels } = prepareXray(xray([0, 2, 3, 3, 3, 4], 3), steps({ subtractBackground: true }))
    expect(close(pixels, [0, 2 / 3, 1, 1, 1, 1])).toBeLessThan(1e-4)
  })

  it('inverts', () => {
    expect([...prepareXray(xray([0, 1, 3, 4], 2), steps({ invert: true })).pixels]).toEqual([
      1, 0.75, 0.25, 0,
    ])
  })

  it('crops half on each side and says where it starts', () => {
    const values = Array.from({ length: 30 }, (_, index) => index)
    const prepared = prepareXray(xray(values, 6), steps({ crop: 3 }))
    expect([prepared.width, prepared.height, prepared.cropOffset]).toEqual([3, 2, { left: 1, top: 1 }])
    expect(prepared.pixels[5]).toBe(1)
    expect(prepared.pixels[0]).toBe(0)
    expect(() => prepareXray(xray(values, 6), steps({ crop: 5 }))).toThrow('leaves nothing')
  })

  it('a given mask decides the scale, and replaces the automatic one', () => {
    const prepared = prepareXray(
      xray([0, 10, 20, 1000], 2),
      steps({ autoMask: true }),
      Uint8Array.of(1, 1, 1, 0),
    )
    expect([...prepared.pixels]).toEqual([0, 0.5, 1, 1])
    expect([...prepared.valid]).toEqual([1, 1, 1, 0])
    expect(() => prepareXray(xray([0, 1], 2), steps({}), Uint8Array.of(0, 0))).toThrow('no pixel')
    expect(() => prepareXray(xray([0, 1], 2), steps({}), Uint8Array.of(1))).toThrow('The mask has 1 pixel')
  })

  it('a constant image stays finite', () => {
    const { pixels } = prepareXray(
      xray([5, 5, 5, 5], 2),
      steps({ linearize: true, subtractBackground: true, invert: true }),
    )
    expect([...pixels].every(Number.isFinite)).toBe(true)
  })
})
