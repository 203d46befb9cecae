import { type VolumeSource } from '../contract/operations/sources.js'
import { type VolumeSummary } from '../contract/operations/volume.js'
import { ByteLimitedCache } from './byte-limited-cache.js'
import { inputFingerprint } from './input-fingerprint.js'
import { readVolume } from './read-volume.js'
import { type Volume } from './volume.js'

export interface LoadedVolume {
  readonly volume: Volume
  readonly summary: VolumeSummary
  /** Names this state of the input and these options; for caches of what is computed from the volume. */
  readonly key: string
}

/** Room for a few clinical CTs in int16. */
const limitBytes = 2 ** 30
const cache = new ByteLimitedCache<LoadedVolume>(limitBytes)

/**
 * `readVolume`, which keeps the last volumes: operations are stateless and name their inputs by path, so the same CT
 * is asked for again and again. A changed file is read anew. The voxels are shared and must not be written to.
 */
export async function loadVolume(source: VolumeSource, signal?: AbortSignal): Promise<LoadedVolume> {
  const options = JSON.stringify([source.spacingMm, source.seriesUid, source.acceptGeometry])
  const key = `${await inputFingerprint(source.path)} ${options}`
  const kept = cache.get(key)
  if (kept !== undefined) return kept
  const loaded = { ...(await readVolume(source, signal)), key }
  cache.set(key, loaded, loaded.volume.voxels.byteLength)
  return loaded
}

/** Keeps none of the volumes any longer. */
export function forgetVolumes(): void {
  cache.clear()
}
