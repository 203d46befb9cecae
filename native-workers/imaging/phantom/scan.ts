import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { identity3, subtract } from '../../geometry/matrix.js'
import { type Volume } from '../volume.js'
import { RayCaster, type Stretches } from './ray-caster.js'
import { type SeededNoise } from './seeded-noise.js'
import { centreOf, halfExtents, type Solid } from './solid.js'
import { tissueHounsfield } from './tissue.js'

export interface Scan {
  /** HU, volume LPS mm. */
  readonly volume: Volume<Int16Array>
  readonly labels: Volume<Uint8Array>
}

export interface ScanSettings {
  readonly spacingMm: number
  /** Corners of the scanned box, phantom mm. */
  readonly box: { readonly lowMm: Vector3; readonly highMm: Vector3 }
  /** Where the phantom's origin lies in the volume's LPS mm. */
  readonly phantomOriginMm: Vector3
}

/** Deviation of the CT's noise, HU. */
const noiseHounsfield = 11
const lowestHounsfield = -1024
/** Subrows of a voxel row, in voxels from its middle: partial volumes are exact along i and sampled across. */
const subrows = [-0.25, 0.25] as const
const slicesPerTurn = 8

/** The grid of a scan: isotropic, along the volume's axes. */
export function scanGrid({ spacingMm, box, phantomOriginMm }: ScanSettings): VolumeGrid {
  const count = (axis: 0 | 1 | 2) => Math.round((box.highMm[axis] - box.lowMm[axis]) / spacingMm)
  const origin = (axis: 0 | 1 | 2) => box.lowMm[axis] + spacingMm / 2 + phantomOriginMm[axis]
  return {
    size: [count(0), count(1), count(2)],
    spacingMm: [spacingMm, spacingMm, spacingMm],
    originMm: [origin(0), origin(1), origin(2)],
    direction: identity3,
  }
}

/** Fills the CT and its labels: HU by the share of each tissue in a voxel, labels by the tissue at its centre. */
export async function scanPhantom(
  solids: readonly Solid[],
  settings: ScanSettings,
  noise: SeededNoise,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Scan> {
  const grid = scanGrid(settings)
  const [columns, rows, slices] = grid.size
  const firstCentre = subtract(grid.originMm, settings.phantomOriginMm)
  const voxels = new Int16Array(columns * rows * slices)
  const labels = new Uint8Array(voxels.length)
  const caster = new RayCaster(solids)
  const hounsfield = solids.map(({ tissue }) => tissueHounsfield[tissue])
  const reach = solids.map((solid) => ({ centre: centreOf(solid), half: halfExtents(solid) }))
  const share = new Float64Array(columns)
  const castRow = (y: number, z: number, candidates: readonly number[]): Stretches =>
    caster.cast([firstCentre[0] - settings.spacingMm / 2, y, z], [1, 0, 0], candidates)

  for (let k = 0; k < slices; k++) {
    if (k % slicesPerTurn === 0) {
      await setImmediate()
      throwIfCancelled(signal)
      onFraction(k / slices)
    }
    const z = firstCentre[2] + k * settings.spacingMm
    const inSlice = within(reach, 2, z, settings.spacingMm)
    for (let j = 0; j < rows; j++) {
      const y = firstCentre[1] + j * settings.spacingMm
      const candidates = within(reach, 1, y, settings.spacingMm, inSlice)
      share.fill(0)
      for (const across of subrows) {
        for (const up of subrows) {
          const stretches = castRow(y + across * settings.spacingMm, z + up * settings.spacingMm, candidates)
          addShares(share, stretches, hounsfield, settings.spacingMm)
        }
      }
      const start = columns * (j + rows * k)
      for (let i = 0; i < columns; i++) {
        const mean = tissueHounsfield.air + share[i] / subrows.length ** 2
        // Scanners clip the noise of air, which lies at the bottom of their scale.
        const noisy = share[i] === 0 ? mean : mean + noiseHounsfield * noise.normal()
        voxels[start + i] = Math.max(lowestHounsfield, Math.round(noisy))
      }
      labelRow(labels.subarray(start, start + columns), castRow(y, z, candidates), solids, settings.spacingMm)
    }
  }
  return { volume: { grid, voxels }, labels: { grid, voxels: labels } }
}

/** Indices, out of `among`, of the solids whose box comes within `marginMm` of a plane across `axis`. */
function within(
  reach: readonly { centre: Vector3; half: Vector3 }[],
  axis: 1 | 2,
  place: number,
  marginMm: number,
  among: readonly number[] = reach.map((_, index) => index),
): number[] {
  return among.filter(
    (index) => Math.abs(place - reach[index].centre[axis]) <= reach[index].half[axis] + marginMm,
  )
}

/** Adds, per voxel of a row, the covered share times the tissue's HU above air. */
function addShares(
  share: Float64Array,
  { count, startMm, endMm, solid }: Stretches,
  hounsfield: readonly number[],
  spacingMm: number,
): void {
  for (let s = 0; s < count; s++) {
    const aboveAir = hounsfield[solid[s]] - tissueHounsfield.air
    const start = Math.max(startMm[s] / spacingMm, 0)
    const end = Math.min(endMm[s] / spacingMm, share.length)
    for (let i = Math.floor(start); i < end; i++) {
      share[i] += aboveAir * (Math.min(end, i + 1) - Math.max(start, i))
    }
  }
}

function labelRow(
  row: Uint8Array,
  { count, startMm, endMm, solid }: Stretches,
  solids: readonly Solid[],
  spacingMm: number,
): void {
  for (let s = 0; s < count; s++) {
    const { label } = solids[solid[s]]
    if (label === 0) continue
    const first = Math.max(Math.ceil(startMm[s] / spacingMm - 0.5), 0)
    for (let i = first; i < row.length && (i + 0.5) * spacingMm < endMm[s]; i++) row[i] = label
  }
}
