import { describe, expect, it } from 'vitest'
import { type Matrix3 } from '../../contract/matrix.js'
import { type Volume } from '../../imaging/volume.js'
import { largeParts } from './connected-parts.js'
import { marchingCubes } from './marching-cubes.js'
import { stlBytes } from './stl-file.js'
import { taubinSmoothed } from './taubin-smoothing.js'
import { enclosedVolume, triangleCount, type TriangleMesh } from './triangle-mesh.js'
import { volumeSurface } from './volume-surface.js'

/** Balls of value 1000 falling off linearly through 0 at their radius, in LPS mm. */
interface Ball {
  readonly centre: readonly [number, number, number]
  readonly radiusMm: number
}

const oblique: Matrix3 = [
  [0.8, 0, 0.6],
  [0.6, 0, -0.8],
  [0, 1, 0],
]

function ballsVolume(
  balls: readonly Ball[],
  size: readonly [number, number, number] = [40, 44, 30],
  direction: Matrix3 = oblique,
): Volume<Float32Array> {
  const grid = { size, spacingMm: [1, 1, 1.5], originMm: [-10, 20, 5], direction } as const
  const voxels = new Float32Array(size[0] * size[1] * size[2])
  let n = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++) {
        const at = [0, 1, 2].map(
          (r) => grid.originMm[r] + direction[r][0] * i + direction[r][1] * j + direction[r][2] * 1.5 * k,
        )
        const heights = balls.map(
          ({ centre, radiusMm }) => radiusMm - Math.hypot(...at.map((value, r) => value - centre[r])),
        )
        voxels[n++] = Math.max(...heights)
      }
    }
  }
  return { grid, voxels }
}

/** The middle of the grid above in LPS mm. */
const centre: Ball['centre'] = [-10 + 0.8 * 19.5 + 0.6 * 21.75, 20 + 0.6 * 19.5 - 0.8 * 21.75, 5 + 21.5]
const options = { threshold: 0, parts: 'largest', maxTriangles: 1e6, smoothingIterations: 0 } as const

/** Every edge of a closed surface belongs to two triangles, in opposite directions. */
function openEdges({ points, triangles }: TriangleMesh): number {
  const pointCount = points.length / 3
  const edges = new Map<number, number>()
  for (let n = 0; n < triangles.length; n++) {
    const from = triangles[n]
    const to = triangles[n % 3 === 2 ? n - 2 : n + 1]
    const [low, high] = [Math.min(from, to), Math.max(from, to)]
    const key = low * pointCount + high
    edges.set(key, (edges.get(key) ?? 0) + (from < to ? 1 : -1))
  }
  return [...edges.values()].filter((balance) => balance !== 0).length
}

const radii = ({ points }: TriangleMesh, ball: Ball): number[] =>
  Array.from({ length: points.length / 3 }, (_, p) =>
    Math.hypot(...[0, 1, 2].map((axis) => points[3 * p + axis] - ball.centre[axis])),
  )

describe('volumeSurface', () => {
  const ball: Ball = { centre, radiusMm: 15 }
  const volume = ballsVolume([ball])

  it('lies on a ball of an oblique, anisotropic volume, closed and facing outwards', () => {
    const { mesh, spacingMm } = volumeSurface(volume, options)
    expect(spacingMm).toBe(1)
    const distances = radii(mesh, ball)
    expect(Math.min(...distances)).toBeGreaterThan(14.9)
    expect(Math.max(...distances)).toBeLessThan(15.05)
    expect(openEdges(mesh)).toBe(0)
    // Flat triangles cut a little off a round ball.
    const share = enclosedVolume(mesh) / ((4 / 3) * Math.PI * 15 ** 3)
    expect(share).toBeGreaterThan(0.994)
    expect(share).toBeLessThan(1)
  })

  it('faces outwards in a volume whose axes are left-handed too', () => {
    const mirrored: Matrix3 = [
      [-0.8, 0, 0.6],
      [-0.6, 0, -0.8],
      [0, 1, 0],
    ]
    const middle: Ball['centre'] = [-10 - 0.8 * 19.5 + 0.6 * 21.75, 20 - 0.6 * 19.5 - 0.8 * 21.75, 26.5]
    const { mesh } = volumeSurface(
      ballsVolume([{ centre: middle, radiusMm: 12 }], [40, 44, 30], mirrored),
      options,
    )
    expect(enclosedVolume(mesh) / ((4 / 3) * Math.PI * 12 ** 3)).toBeCloseTo(1, 1)
  })

  it('is smoothed without shrinking', () => {
    const rough = volumeSurface(volume, options).mesh
    const smooth = volumeSurface(volume, { ...options, smoothingIterations: 50 }).mesh
    expect(Math.abs(enclosedVolume(smooth) / enclosedVolume(rough) - 1)).toBeLessThan(0.01)
    const noisy = { ...rough, points: rough.points.map((value, n) => value + 0.4 * Math.sin(12.9898 * n)) }
    const spread = (mesh: TriangleMesh) => {
      const distances = radii(mesh, ball)
      return Math.sqrt(distances.reduce((sum, r) => sum + (r - 15) ** 2, 0) / distances.length)
    }
    expect(spread(taubinSmoothed(noisy, 20))).toBeLessThan(0.5 * spread(noisy))
  })

  it('keeps the largest part alone, or all', () => {
    const small: Ball = { centre: [centre[0], centre[1], centre[2] + 18], radiusMm: 3 }
    const two = ballsVolume([{ centre, radiusMm: 12 }, small])
    const all = volumeSurface(two, { ...options, parts: 'all' }).mesh
    const largest = volumeSurface(two, options).mesh
    expect(triangleCount(all)).toBeGreaterThan(triangleCount(largest))
    expect(Math.max(...radii(largest, { centre, radiusMm: 12 }))).toBeLessThan(12.1)
    expect(openEdges(all)).toBe(0)
    expect(triangleCount(largeParts(largest, 1))).toBe(triangleCount(largest))
  })

  it('is closed where the object is cut off by the border, and in noise', () => {
    expect(openEdges(volumeSurface(ballsVolume([{ centre, radiusMm: 24 }]), options).mesh)).toBe(0)
    const noise = ballsVolume([ball], [12, 12, 12])
    noise.voxels.forEach((_, n) => (noise.voxels[n] = (Math.sin(n * 12.9898) * 43758.5453) % 1))
    expect(openEdges(marchingCubes(noise, 0.05))).toBe(0)
  })

  it('comes with fewer triangles where fewer are asked for, on the same ball', () => {
    const { mesh, spacingMm } = volumeSurface(volume, { ...options, maxTriangles: 2000 })
    expect(triangleCount(mesh)).toBeLessThanOrEqual(2000)
    expect(triangleCount(mesh)).toBeGreaterThan(800)
    expect(spacingMm).toBeGreaterThan(1)
    expect(enclosedVolume(mesh) / ((4 / 3) * Math.PI * 15 ** 3)).toBeCloseTo(1, 1)
    expect(openEdges(mesh)).toBe(0)
  })

  it('refuses a threshold that nothing or everything reaches, and stops when cancelled', () => {
    expect(() => volumeSurface(volume, { ...options, threshold: 1e4 })).toThrow('Nothing in the volume')
    expect(() => volumeSurface(volume, { ...options, threshold: -1e4 })).toThrow('Everything in the volume')
    const controller = new AbortController()
    controller.abort()
    expect(() => volumeSurface(volume, options, controller.signal)).toThrow('cancelled')
  })
})

describe('stlBytes', () => {
  it('writes every triangle with its normal', () => {
    const mesh = {
      points: Float32Array.from([0, 0, 0, 2, 0, 0, 0, 3, 0]),
      triangles: Uint32Array.from([0, 1, 2]),
    }
    const bytes = stlBytes(mesh)
    const view = new DataView(bytes.buffer)
    expect(bytes.length).toBe(134)
    expect(view.getUint32(80, true)).toBe(1)
    const numbers = Array.from({ length: 12 }, (_, n) => view.getFloat32(84 + 4 * n, true))
    expect(numbers).toEqual([0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0])
  })
})
