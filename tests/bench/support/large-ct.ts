import { type VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { identity3 } from '../../../native-workers/geometry/matrix.js'
import { anatomySolids, scannedBox } from '../../../native-workers/imaging/phantom/anatomy/anatomy.js'
import { phantomOriginMm } from '../../../native-workers/imaging/phantom/sample-views.js'
import { scanPhantom } from '../../../native-workers/imaging/phantom/scan.js'
import { seededNoise, type SeededNoise } from '../../../native-workers/imaging/phantom/seeded-noise.js'
import { resampleNearest } from '../../../native-workers/imaging/resample/nearest.js'
import { gridCentreMm, type Volume } from '../../../native-workers/imaging/volume.js'

/** The phantom is scanned at this voxel size, and each voxel of the large CT takes the nearest one. */
const scanSpacingMm = 2
const columns = 512
const rows = 512
const spacingMm = [0.8, 0.8, 1.2] as const
/** Scanners reconstruct a circle and pad the corners with one value. */
const fieldRadiusMm = 200
const paddingHounsfield = -1024
const noiseHounsfield = 11
/** Loose voxels of wrong labels, which cleaning takes away. */
const strayLabels = 2000

export interface LargeCt {
  readonly volume: Volume<Int16Array>
  readonly labels: Volume<Uint8Array>
}

/**
 * A CT of clinical size with its labels: the phantom in 512 x 512 voxels of 0.8 x 0.8 x 1.2 mm in each of so many
 * slices, with noise in tissue and air alike, so that it packs about as badly as a real one. The same seed gives the
 * same voxels.
 */
export async function largeCt(seed: number, slices = 300): Promise<LargeCt> {
  const settings = { spacingMm: scanSpacingMm, box: scannedBox, phantomOriginMm }
  const noise = seededNoise(seed)
  const scan = await scanPhantom(
    anatomySolids(),
    settings,
    seededNoise(seed + 1),
    new AbortController().signal,
    () => undefined,
  )
  const grid = gridAround(scan.volume.grid, slices)
  const voxels = new Int16Array(columns * rows * slices).fill(-1000)
  const labels = new Uint8Array(voxels.length)
  resampleNearest(scan.volume, grid, voxels)
  resampleNearest(scan.labels, grid, labels)
  addNoise(voxels, noise)
  for (let stray = 0; stray < strayLabels; stray++) {
    labels[Math.floor(noise.uniform() * labels.length)] = 1 + Math.floor(noise.uniform() * 12)
  }
  return { volume: { grid, voxels }, labels: { grid, voxels: labels } }
}

/** The large grid about the middle of another one. */
function gridAround(other: VolumeGrid, slices: number): VolumeGrid {
  const size = [columns, rows, slices] as const
  const centre = gridCentreMm(other)
  const origin = (axis: 0 | 1 | 2) => centre[axis] - ((size[axis] - 1) / 2) * spacingMm[axis]
  return { size, spacingMm, originMm: [origin(0), origin(1), origin(2)], direction: identity3 }
}

function addNoise(voxels: Int16Array, noise: SeededNoise): void {
  for (let index = 0; index < voxels.length; index++) {
    const x = ((index % columns) - (columns - 1) / 2) * spacingMm[0]
    const y = ((Math.floor(index / columns) % rows) - (rows - 1) / 2) * spacingMm[1]
    voxels[index] =
      Math.hypot(x, y) > fieldRadiusMm
        ? paddingHounsfield
        : Math.max(paddingHounsfield, Math.round(voxels[index] + noiseHounsfield * noise.normal()))
  }
}
