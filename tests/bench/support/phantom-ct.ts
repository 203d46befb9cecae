import { anatomySolids, scannedBox } from '../../../native-workers/imaging/phantom/anatomy/anatomy.js'
import { phantomOriginMm } from '../../../native-workers/imaging/phantom/sample-views.js'
import { scanPhantom } from '../../../native-workers/imaging/phantom/scan.js'
import { seededNoise } from '../../../native-workers/imaging/phantom/seeded-noise.js'
import { type Volume } from '../../../native-workers/imaging/volume.js'

/** Voxel size that gives the phantom's CT 288 x 193 x 301 voxels, as many as 256^3. */
export const registeredSpacingMm = 1.165
/** The X-rays come from another scan, whose voxels and noise are not those that are registered. */
export const simulatedSpacingMm = 1

/** A CT of the built-in phantom, HU. */
export async function phantomCt(spacingMm: number, seed: number): Promise<Volume<Int16Array>> {
  const { volume } = await scanPhantom(
    anatomySolids(),
    { spacingMm, box: scannedBox, phantomOriginMm },
    seededNoise(seed),
    new AbortController().signal,
    () => undefined,
  )
  return volume
}
