import { type Camera } from '../../contract/files/camera.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type SeededNoise } from './seeded-noise.js'

/** The round field that the collimator leaves open, in pixels. */
export interface Field {
  readonly centre: Vector2
  readonly radius: number
}

/** Automatic exposure brings the median over the field's middle to this stored value and this count of photons. */
const exposedTo = { stored: 8000, photons: 2500 }
/** Brighter pixels are clipped, as where the beam misses the patient. */
const saturation = 65535
/** The middle of the field, where the exposure is measured: a share of its radius. */
const measuredRadius = 0.4
/** Scatter reaches all pixels alike: a share of the mean intensity behind the patient. */
const scatterShare = 0.06
/** Passes the collimator's lead. */
const leakage = 1e-4
const penumbraPixels = 2.5

/** The open field of an image: a circle that touches its shorter sides. */
export function openField({ width, height }: Camera['imageSize']): Field {
  return { centre: [(width - 1) / 2 + 2.5, (height - 1) / 2 - 1.5], radius: 0.485 * Math.min(width, height) }
}

/**
 * A 16-bit radiograph as a flat detector stores it before any inversion or logarithm: much radiation is bright, so
 * bone is dark. Adds scatter, exposure control, collimation, photon noise and saturation.
 * @param transmitted share of photons per pixel, row-major
 */
export function expose(
  transmitted: Float64Array,
  { width }: Camera['imageSize'],
  field: Field,
  noise: SeededNoise,
): Uint16Array {
  const radii = Float64Array.from(transmitted, (_, index) =>
    Math.hypot((index % width) - field.centre[0], Math.floor(index / width) - field.centre[1]),
  )
  const inField = transmitted.filter((_, index) => radii[index] < field.radius)
  const measured = transmitted.filter((_, index) => radii[index] < measuredRadius * field.radius).sort()
  const scatter =
    scatterShare *
    (inField.reduce((sum, value) => sum + Math.min(value, measured[measured.length - 1]), 0) / inField.length)
  const median = measured[Math.floor(measured.length / 2)] + scatter
  return Uint16Array.from(transmitted, (share, index) => {
    const open = leakage + (1 - leakage) * opennessAt(radii[index], field)
    const photons = (exposedTo.photons * open * (share + scatter)) / median
    const counted = Math.max(0, photons + Math.sqrt(photons) * noise.normal())
    return Math.min(saturation, Math.round((exposedTo.stored * counted) / exposedTo.photons))
  })
}

/** 1 inside the field, 0 behind the collimator, smooth across the penumbra. */
function opennessAt(radius: number, field: Field): number {
  const inward = (field.radius - radius) / penumbraPixels
  const clamped = Math.min(1, Math.max(0, 0.5 + inward / 2))
  return clamped * clamped * (3 - 2 * clamped)
}
