import { UserError } from '../contract/errors.js'
import { type AttenuationModel } from '../contract/operations/sources.js'
import { type Vector3 } from '../contract/matrix.js'
import { type LabelMap } from '../imaging/labels.js'
import { gridCentreMm, type Volume } from '../imaging/volume.js'
import { type LoadedVolume } from '../imaging/volume-cache.js'
import { toAttenuation } from './attenuation.js'
import { attenuationPyramid, bodyCaps } from './attenuation-pyramid.js'
import { type Box, contentBox } from './content-box.js'
import { DrrRenderer, noCaps } from './cpu/drr-renderer.js'

/** What a volume is rendered as. */
export interface RenderedAs {
  readonly attenuation: AttenuationModel
  readonly boneMultiplier: number
  /** Only these structures of the map are rendered; `key` names the map's state. */
  readonly labels?: LabelMap & { readonly key: string }
  /** Isotropic levels for registration and previews, or the voxels as stored for exact pictures. */
  readonly grid: 'pyramid' | 'stored'
  /** Tell rays that pass through cut ends of the body from others. */
  readonly capRays: boolean
  readonly threads?: number
}

/** A volume in the renderer's memory. */
export interface VolumeRenderer {
  readonly renderer: DrrRenderer
  /** Voxel size per level, fine to coarse (the finest axis). */
  readonly levelSpacingsMm: readonly number[]
  readonly content: Box
  /** Middle of the volume, or of the structures alone where some were chosen; LPS mm. */
  readonly isocentreMm: Vector3
}

const kept = new Map<string, Promise<VolumeRenderer>>()
/** One pyramid for registration and previews, and one exact volume. */
const keepCount = 2

/**
 * The volume as the renderer holds it; the last few are kept, so that a live preview does not convert the CT for every
 * picture. A renderer that leaves the cache loses its helper threads only once nobody can be using it.
 */
export function volumeRenderer(loaded: LoadedVolume, as: RenderedAs): Promise<VolumeRenderer> {
  const { labels, ...options } = as
  const key = JSON.stringify([loaded.key, options, labels?.key, labels?.structures])
  const found = kept.get(key)
  if (found !== undefined) {
    kept.delete(key)
    kept.set(key, found)
    return found
  }
  const created = createRenderer(loaded.volume, as)
  kept.set(key, created)
  created.catch(() => kept.delete(key))
  for (const [oldest, renderer] of kept) {
    if (kept.size <= keepCount) break
    kept.delete(oldest)
    void renderer.then(({ renderer: stale }) => {
      stale.dispose()
    })
  }
  return created
}

/** Keeps none of the renderers any longer; each is freed once nobody can be using it. */
export async function disposeRenderers(): Promise<void> {
  const all = [...kept.values()]
  kept.clear()
  for (const renderer of await Promise.all(all)) renderer.renderer.dispose()
}

async function createRenderer(volume: Volume, as: RenderedAs): Promise<VolumeRenderer> {
  const whole = toAttenuation(volume, { model: as.attenuation, boneMultiplier: as.boneMultiplier })
  const attenuation = as.labels === undefined ? whole : restricted(whole, as.labels)
  const levels = as.grid === 'pyramid' ? attenuationPyramid(attenuation) : [attenuation]
  const box = contentBox(levels[Math.min(1, levels.length - 1)])
  if (box === null) {
    throw new UserError(
      'values-invalid',
      'Nothing in the volume attenuates: rendered like this all of it is air.',
      'Check the volume’s values and the attenuation model.',
    )
  }
  const renderer = await DrrRenderer.create(
    levels.map((level) => ({ volume: level })),
    { threads: as.threads, caps: as.capRays ? bodyCaps(attenuation) : noCaps },
  )
  return {
    renderer,
    levelSpacingsMm: levels.map(({ grid }) => Math.min(...grid.spacingMm)),
    content: box,
    isocentreMm: as.labels === undefined ? gridCentreMm(volume.grid) : box.centreMm,
  }
}

/** Everything outside the chosen structures becomes air. */
function restricted(
  { grid, voxels }: Volume<Float32Array>,
  { labels, structures }: LabelMap,
): Volume<Float32Array> {
  const chosen = new Uint8Array(65536)
  for (const structure of structures) chosen[structure] = 1
  return { grid, voxels: voxels.map((value, n) => (chosen[labels[n]] === 1 ? value : 0)) }
}
