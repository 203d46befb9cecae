import {
  type AttenuationModel,
  type LabelSource,
  type VolumeSource,
} from '../../contract/operations/sources.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { loadRestriction } from '../../rendering/load-restriction.js'
import { type VolumeRenderer, volumeRenderer } from '../../rendering/volume-renderers.js'

export interface StoredVolume {
  readonly volume: VolumeSource
  readonly labels?: LabelSource
  readonly attenuation: AttenuationModel
  readonly boneMultiplier: number
  readonly threads?: number
}

/** A volume in the renderer's memory with its voxels as stored, and what was found about it. Errors: `loadVolume`, `loadLabels`. */
export async function storedVolumeRenderer(
  { volume, labels, ...as }: StoredVolume,
  signal: AbortSignal,
): Promise<{ readonly rendered: VolumeRenderer; readonly warnings: readonly string[] }> {
  const loaded = await loadVolume(volume, signal)
  const restriction = await loadRestriction(labels, loaded, signal)
  const rendered = await volumeRenderer(loaded, {
    ...as,
    labels: restriction,
    grid: 'stored',
    capRays: false,
  })
  const issues = [...loaded.summary.issues, ...(restriction?.issues ?? [])]
  const warnings = issues.filter(({ severity }) => severity !== 'note').map(({ message }) => message)
  return { rendered, warnings }
}
