import { type VolumeSource } from '../../contract/operations/sources.js'
import { type RegisterInput } from '../../contract/operations/register.js'
import { loadLabels } from '../../imaging/labels.js'
import { type Volume } from '../../imaging/volume.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { valueRange } from '../../imaging/voxel-values.js'

/**
 * The volume whose surface a scene shows: the given one, else the registered CT, of which only the structures count
 * that were registered. Errors: those of `loadVolume` and `loadLabels`.
 */
export async function sceneVolume(
  given: VolumeSource | undefined,
  registered: RegisterInput,
  signal: AbortSignal,
): Promise<Volume> {
  const { volume } = await loadVolume(given ?? registered.volume, signal)
  if (given !== undefined || registered.labels === undefined) return volume
  const { labels, structures } = await loadLabels(registered.labels, volume.grid, signal)
  const chosen = new Uint8Array(65536)
  for (const structure of structures) chosen[structure] = 1
  const [least] = valueRange(volume.voxels)
  return {
    grid: volume.grid,
    voxels: volume.voxels.map((value, n) => (chosen[labels[n]] === 1 ? value : least)),
  }
}
