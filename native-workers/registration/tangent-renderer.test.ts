import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../contract/matrix.js'
import { worldFromCamera } from '../geometry/camera.js'
import { multiply4 } from '../geometry/matrix.js'
import { gridCentreMm } from '../imaging/volume.js'
import { DrrRenderer } from '../rendering/cpu/drr-renderer.js'
import { blobVolume, obliqueCamera, obliqueGrid, posedBefore } from '../rendering/testing/analytic-volumes.js'
import { cameraFromVolume, movePose, poseProblem, twistFrame } from './pose-problem.js'
import { derivativesPerPixel, TangentRenderer } from './tangent-renderer.js'

const camera = obliqueCamera(44, 30)
const volume = blobVolume(obliqueGrid)
const problem = poseProblem(gridCentreMm(obliqueGrid), camera)
const pose: Matrix4 = multiply4(worldFromCamera(camera), posedBefore(problem.centreMm))

describe('TangentRenderer', () => {
  let renderer: DrrRenderer
  beforeAll(async () => {
    renderer = await DrrRenderer.create([{ volume }], { threads: 2 })
  })
  afterAll(() => {
    renderer.dispose()
  })

  const pixelsAt = (worldFromVolume: Matrix4) =>
    renderer.render({
      level: 0,
      camera,
      cameraFromVolume: cameraFromVolume(camera, worldFromVolume),
      method: 'trilinear',
    })

  it('gives the picture of the plain render', () => {
    const tangent = new TangentRenderer(renderer, 0, new Uint8Array(44 * 30).fill(1))
    const picture = tangent.render(camera, cameraFromVolume(camera, pose), twistFrame(problem, pose))
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
    const { derivatives } = tangent.render(camera, cameraFromVolume(camera, pose), twistFrame(problem, pose))
    const moved = (amount: number) => {
      const twist = new Float64Array(6)
      twist[parameter] = amount
      return pixelsAt(movePose(problem, pose, twist))
    }
    const [after, before] = [moved(step), moved(-step)]
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
    const picture = tangent.render(camera, cameraFromVolume(camera, pose), twistFrame(problem, pose))
    expect(picture.valid).toEqual(valid)
    expect(picture.pixels.every((value, n) => valid[n] === 1 || value === 0)).toBe(true)
  })
})
