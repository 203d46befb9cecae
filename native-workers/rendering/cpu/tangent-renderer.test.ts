import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { rayInCamera } from '../../geometry/camera.js'
import {
  affine,
  identity3,
  invertRigid,
  linearPart,
  multiply4,
  transformDirection,
  transformPoint,
  transpose3,
} from '../../geometry/matrix.js'
import { rotationFromVector, twistAbout } from '../../geometry/rigid.js'
import { gridCentreMm } from '../../imaging/volume.js'
import {
  blobVolume,
  centredGrid,
  obliqueCamera,
  obliqueGrid,
  posedBefore,
  sampledVolume,
} from '../testing/analytic-volumes.js'
import { DrrRenderer } from './drr-renderer.js'
import { type TwistFrame } from './ray-geometry.js'
import { derivativesPerPixel, TangentRenderer } from './tangent-renderer.js'

const camera = obliqueCamera(44, 30)
const volume = blobVolume(obliqueGrid)
const centre = gridCentreMm(obliqueGrid)
const pose = posedBefore(centre)
/** About the volume's centre along the camera's axes. */
const twist: TwistFrame = { centre, axes: transpose3(linearPart(pose)) }
const moved = (rotationVector: Vector3, translation: Vector3): Matrix4 =>
  multiply4(twistAbout(transformPoint(pose, centre), identity3, rotationVector, translation), pose)

describe('TangentRenderer', () => {
  let renderer: DrrRenderer
  beforeAll(async () => {
    renderer = await DrrRenderer.create([{ volume }], { threads: 2 })
  })
  afterAll(() => {
    renderer.dispose()
  })

  const pixelsAt = (cameraFromVolume: Matrix4) =>
    renderer.render({ level: 0, camera, cameraFromVolume, method: 'trilinear' })

  it('gives the picture of the plain render', () => {
    const tangent = new TangentRenderer(renderer, 0, new Uint8Array(44 * 30).fill(1))
    const picture = tangent.render(camera, pose, twist)
    const plain = pixelsAt(pose)
    const worst = Math.max(...plain.map((value, n) => Math.abs(value - picture.pixels[n])))
    expect(worst).toBeLessThan(1e-5 * Math.max(...plain))
    expect(picture.valid.every((value) => value === 1)).toBe(true)
  })

  // Depth hardly changes a picture, and its little change moves with the samples: a short step, little accuracy.
  it.each([
    ['rotation about the columns’ direction', 0, 2e-3, 0.01],
    ['rotation about the rows’ direction', 1, 2e-3, 0.01],
    ['rotation about the view', 2, 2e-3, 0.01],
    ['translation along the columns', 3, 0.2, 0.01],
    ['translation along the rows', 4, 0.2, 0.01],
    ['translation along the view', 5, 0.05, 0.03],
  ])('derivative to a %s equals central differences', (_, parameter, step, tolerance) => {
    const tangent = new TangentRenderer(renderer, 0, new Uint8Array(44 * 30).fill(1))
    const { derivatives } = tangent.render(camera, pose, twist)
    const [after, before] = [step, -step].map((amount) => {
      const along = (axis: number): Vector3 => [
        axis === 0 ? amount : 0,
        axis === 1 ? amount : 0,
        axis === 2 ? amount : 0,
      ]
      return pixelsAt(moved(along(parameter), along(parameter - 3)))
    })
    const differences = after.map((value, n) => (value - before[n]) / (2 * step))
    const largest = Math.max(...differences.map(Math.abs))
    const squares = differences.reduce(
      (sum, value, n) => sum + (value - derivatives[n * derivativesPerPixel + parameter]) ** 2,
      0,
    )
    expect(largest).toBeGreaterThan(0)
    expect(Math.sqrt(squares / differences.length)).toBeLessThan(tolerance * largest)
  })

  it('leaves out the pixels that do not count', () => {
    const valid = Uint8Array.from({ length: 44 * 30 }, (_, n) => n % 2)
    const tangent = new TangentRenderer(renderer, 0, valid)
    const picture = tangent.render(camera, pose, twist)
    expect(picture.valid).toEqual(valid)
    expect(picture.pixels.every((value, n) => valid[n] === 1 || value === 0)).toBe(true)
  })
})

describe('rays through cut ends', () => {
  const size: Vector3 = [20, 18, 12]
  const spacingMm: Vector3 = [4, 5, 6]
  const cut = sampledVolume(centredGrid(size, spacingMm), () => 0.02)
  // The body ends half a border voxel beyond its outermost voxels' centres plus one: where the zeros begin.
  const halfMm = size.map((count, axis) => ((count + 1) / 2) * spacingMm[axis])
  const tilted = affine(rotationFromVector([1.2, 0.3, 0.2]), [3, -5, 600])

  /** Whether a pixel's ray passes through the low or high end along z between the sides. */
  function ends(pixel: number): { low: boolean; high: boolean } {
    const fromCamera = invertRigid(tilted)
    const source = transformPoint(fromCamera, [0, 0, 0])
    const direction = transformDirection(
      fromCamera,
      rayInCamera(camera, [pixel % 44, Math.floor(pixel / 44)]),
    )
    const range = (axis: number) => {
      const [a, b] = [-1, 1].map((side) => (side * halfMm[axis] - source[axis]) / direction[axis])
      return { enter: Math.min(a, b), leave: Math.max(a, b) }
    }
    const [x, y, z] = [0, 1, 2].map(range)
    const [enter, leave] = [Math.max(x.enter, y.enter), Math.min(x.leave, y.leave)]
    if (enter >= leave) return { low: false, high: false }
    const [first, second] = [z.enter > enter, z.leave < leave]
    return direction[2] > 0 ? { low: first, high: second } : { low: second, high: first }
  }

  it.each([
    ['neither end', 0],
    ['the low end', 1],
    ['the high end', 2],
    ['both ends', 3],
  ])('are invalid exactly where they cross %s', async (_, capEnds) => {
    const renderer = await DrrRenderer.create([{ volume: cut }], {
      threads: 2,
      caps: { axis: 2, ends: capEnds },
    })
    const tangent = new TangentRenderer(renderer, 0, new Uint8Array(44 * 30).fill(1))
    const { valid } = tangent.render(camera, tilted, { centre: [0, 0, 0], axes: identity3 })
    renderer.dispose()
    const expected = valid.map((__, pixel) => {
      const { low, high } = ends(pixel)
      return (low && (capEnds & 1) !== 0) || (high && (capEnds & 2) !== 0) ? 0 : 1
    })
    // Single pixels on the box's very edge may fall to either side in float32.
    expect(valid.filter((value, n) => value !== expected[n]).length).toBeLessThanOrEqual(4)
    const invalid = valid.filter((value) => value === 0).length
    if (capEnds === 0) expect(invalid).toBe(0)
    else expect(invalid).toBeGreaterThan(40)
    expect(invalid).toBeLessThan(44 * 30 - 40)
  })
})
