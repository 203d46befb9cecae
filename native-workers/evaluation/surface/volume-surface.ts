import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { resampleIsotropic } from '../../imaging/resample/isotropic.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'
import { largeParts } from './connected-parts.js'
import { marchingCubes } from './marching-cubes.js'
import { surfaceSpacingMm } from './surface-grid.js'
import { taubinSmoothed } from './taubin-smoothing.js'
import { transformMesh, triangleCount, type TriangleMesh } from './triangle-mesh.js'

export interface SurfaceOptions {
  /** In the volume's values (HU for CT). */
  readonly threshold: number
  /** The largest connected part of the surface alone, all but small ones, or everything. */
  readonly parts: 'largest' | 'large' | 'all'
  /** A surface with more is drawn anew on coarser cubes, which keeps it closed. */
  readonly maxTriangles: number
  readonly smoothingIterations: number
}

export interface VolumeSurface {
  /** LPS mm. */
  readonly mesh: TriangleMesh
  /** Of the cubes it was drawn on. */
  readonly spacingMm: number
}

/** Room for the guess of the spacing that brings a surface under its limit. */
const spareFactor = 1.05
/** Least size of a part in triangles of the largest part: vertebrae beside a pelvis stay, speckle and vessels go. */
const leastShare = { largest: 1, large: 0.03, all: 0 } as const

/**
 * The surface of what is at least `threshold` in a volume, in LPS mm: marching cubes on antialiased isotropic voxels,
 * its large parts, Taubin smoothing. Errors: `values-invalid` (nothing or everything is above the threshold),
 * `cancelled`.
 */
export function volumeSurface(
  volume: Volume,
  { threshold, parts, maxTriangles, smoothingIterations }: SurfaceOptions,
  signal?: AbortSignal,
): VolumeSurface {
  let spacingMm = surfaceSpacingMm(volume.grid)
  for (;;) {
    const reduced = resampleIsotropic(volume, spacingMm)
    throwIfCancelled(signal)
    requireContour(reduced, threshold)
    const whole = marchingCubes(reduced, threshold)
    throwIfCancelled(signal)
    const kept = largeParts(whole, leastShare[parts])
    const excess = triangleCount(kept) / maxTriangles
    if (excess <= 1) {
      throwIfCancelled(signal)
      const smooth = taubinSmoothed(kept, smoothingIterations)
      return { mesh: transformMesh(smooth, lpsFromIndex(reduced.grid)), spacingMm }
    }
    // The number of triangles falls with the square of the spacing, or faster where detail is lost.
    spacingMm *= Math.sqrt(excess) * spareFactor
  }
}

function requireContour({ voxels }: Volume, threshold: number): void {
  let above = 0
  for (let n = 0; n < voxels.length; n++) if (voxels[n] >= threshold) above++
  if (above > 0 && above < voxels.length) return
  throw new UserError(
    'values-invalid',
    `${above === 0 ? 'Nothing' : 'Everything'} in the volume reaches ${threshold}, so there is no surface to show.`,
    'Choose another --threshold; 150 HU shows bone in a CT.',
  )
}
