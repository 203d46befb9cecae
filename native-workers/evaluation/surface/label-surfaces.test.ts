import { readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labelSurfacesInputSchema } from '../../contract/operations/surface.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { labelSurfaces } from './label-surfaces.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [30, 30, 30],
  spacingMm: [1, 1, 1.5],
  originMm: [100, -50, 7],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

beforeAll(async () => {
  const voxels = new Uint8Array(30 ** 3)
  for (let k = 0; k < 30; k++) {
    for (let j = 0; j < 30; j++) {
      for (let i = 0; i < 30; i++) {
        const at = i + 30 * (j + 30 * k)
        if (Math.hypot(i - 10, j - 15, 1.5 * (k - 15)) <= 8) voxels[at] = 2
        // It reaches the border of the map.
        if (i > 22) voxels[at] = 5
      }
    }
  }
  await writeVolume(folder.file('map.nii.gz'), { grid, voxels })
  await writeFile(folder.file('map.json'), JSON.stringify([{ label: 2, name: 'femoral head / left' }]))
})

const run = (options: object, signal?: AbortSignal) =>
  labelSurfaces(
    labelSurfacesInputSchema.parse({
      labelsPath: folder.file('map.nii.gz'),
      folder: folder.file('out'),
      ...options,
    }),
    signal === undefined ? quietContext() : { ...quietContext(), signal },
  )

/** Corners of a binary STL's triangles. */
function corners(bytes: Buffer): number[][] {
  const count = bytes.readUInt32LE(80)
  return Array.from({ length: 3 * count }, (_, n) => {
    const start = 84 + 50 * Math.floor(n / 3) + 12 + 12 * (n % 3)
    return [0, 4, 8].map((offset) => bytes.readFloatLE(start + offset))
  })
}
const mean = (points: readonly number[][], axis: number) =>
  points.reduce((sum, point) => sum + (point[axis] ?? NaN), 0) / points.length

describe('labelSurfaces', () => {
  it('writes one closed STL per label at its place in LPS mm, and finds its work done', async () => {
    const { surfaces, isUpToDate } = await run({})
    expect(isUpToDate).toBe(false)
    expect(surfaces.map(({ label, name }) => [label, name])).toEqual([
      [2, 'femoral head / left'],
      [5, null],
    ])
    expect((await readdir(folder.file('out'))).sort()).toEqual([
      'map-surfaces.provenance.json',
      'map_2_femoral-head-left.stl',
      'map_5.stl',
    ])
    for (const { volumeMl, voxelVolumeMl } of surfaces) expect(volumeMl / voxelVolumeMl).toBeCloseTo(1, 1)
    const bytes = await readFile(surfaces[0]?.file ?? '')
    expect(bytes.toString('latin1', 0, 80)).toContain('femoral head / left; SPACE=LPS')
    const points = corners(bytes)
    expect(mean(points, 0)).toBeCloseTo(110, 0)
    expect(mean(points, 1)).toBeCloseTo(-35, 0)
    expect(mean(points, 2)).toBeCloseTo(29.5, 0)
    expect((await run({})).isUpToDate).toBe(true)
  })

  it('writes RAS where that is asked for, as PLY and OBJ too, with outward triangles', async () => {
    const [stl] = (await run({ labels: [2], space: 'RAS', folder: folder.file('ras') })).surfaces
    const points = corners(await readFile(stl?.file ?? ''))
    expect(mean(points, 0)).toBeCloseTo(-110, 0)
    expect(mean(points, 1)).toBeCloseTo(35, 0)
    let sixfold = 0
    for (let n = 0; n < points.length; n += 3) {
      const [[a, b, c], [d, e, f], [g, h, i]] = points.slice(n, n + 3) as [number[], number[], number[]]
      sixfold += a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    }
    expect(sixfold).toBeGreaterThan(0)
    const [obj] = (await run({ labels: [2], format: 'obj', folder: folder.file('obj') })).surfaces
    const text = await readFile(obj?.file ?? '', 'utf8')
    expect(text).toMatch(/^# Isocenter femoral head \/ left; SPACE=LPS; millimetres\nv /)
    expect(text.match(/^f /gm)).toHaveLength(obj?.triangles ?? 0)
    const [ply] = (await run({ labels: [2], format: 'ply', folder: folder.file('ply') })).surfaces
    const head = (await readFile(ply?.file ?? '')).toString('latin1', 0, 300)
    expect(head).toContain(`element face ${ply?.triangles}\n`)
  })

  it('keeps a surface below its number of triangles', async () => {
    const options = { labels: [2], maxTriangles: 400, folder: folder.file('few') }
    const [{ triangles, spacingMm } = { triangles: 0, spacingMm: 0 }] = (await run(options)).surfaces
    expect(triangles).toBeLessThanOrEqual(400)
    expect(triangles).toBeGreaterThan(100)
    expect(spacingMm).toBeGreaterThan(1)
  })

  it('refuses a label that is not there, and stops when cancelled', async () => {
    await expect(run({ labels: [7] })).rejects.toThrow('holds no voxels of label 7')
    const cancelled = run({ folder: folder.file('c') }, AbortSignal.abort())
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  })
})
