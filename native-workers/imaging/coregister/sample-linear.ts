/** Trilinear, for 0 <= x <= nx - 1 and so on. */
export function sampleLinear(
  voxels: Float32Array,
  nx: number,
  ny: number,
  nz: number,
  x: number,
  y: number,
  z: number,
): number {
  const xi = x | 0
  const yi = y | 0
  const zi = z | 0
  const fx = x - xi
  const fy = y - yi
  const fz = z - zi
  const near = xi + nx * (yi + ny * zi)
  const far = zi + 1 < nz ? near + nx * ny : near
  const dx = xi + 1 < nx ? 1 : 0
  const dy = yi + 1 < ny ? nx : 0
  const lower =
    (voxels[near] * (1 - fx) + voxels[near + dx] * fx) * (1 - fy) +
    (voxels[near + dy] * (1 - fx) + voxels[near + dy + dx] * fx) * fy
  const upper =
    (voxels[far] * (1 - fx) + voxels[far + dx] * fx) * (1 - fy) +
    (voxels[far + dy] * (1 - fx) + voxels[far + dy + dx] * fx) * fy
  return lower * (1 - fz) + upper * fz
}
