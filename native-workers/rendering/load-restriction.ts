import { type LabelSource } from '../contract/operations/sources.js'
import { inputFingerprint } from '../imaging/input-fingerprint.js'
import { type LabelMap, loadLabels } from '../imaging/labels.js'
import { type LoadedVolume } from '../imaging/volume-cache.js'

/** The label map that restricts rendering, on the CT's grid, or undefined where none is asked for. Errors: `loadLabels`. */
export async function loadRestriction(
  source: LabelSource | undefined,
  { volume }: LoadedVolume,
  signal?: AbortSignal,
): Promise<(LabelMap & { readonly key: string }) | undefined> {
  if (source === undefined) return undefined
  const map = await loadLabels(source, volume.grid, signal)
  return { ...map, key: await inputFingerprint(source.path) }
}
