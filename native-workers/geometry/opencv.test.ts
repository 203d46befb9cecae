import { describe, expect, it } from 'vitest'
import { type Vector2, type Vector3 } from '../contract/matrix.js'
import { cameraFromNumbers, projectPoint } from './camera.js'
import { affine, distance, transformPoint } from './matrix.js'
import { fourierLength, fourierTransform, solvePnpRansac } from './opencv.js'
import { rotationFromVector } from './rigid.js'

const camera = cameraFromNumbers({
  imageSize: { width: 512, height: 512 },
  sddMm: 1000,
  pixelSpacingMm: [0.5, 0.5],
})
const cameraFromVolume = affine(rotationFromVector([0.3, -0.5, 1.4]), [12, -9, 800])
const points: readonly Vector3[] = Array.from({ length: 9 }, (_, i) => [
  60 * Math.sin(3 * i),
  55 * Math.cos(5 * i),
  50 * Math.sin(7 * i + 1),
])
const pixels = points.map((point) => projectPoint(camera, transformPoint(cameraFromVolume, point)).pixel)

describe("OpenCV's solvePnPRansac, as this project relies on it", () => {
  it('means x_camera = R x + t with pixels as ours, and finds the outliers', async () => {
    const marked = pixels.map((pixel, i): Vector2 => (i === 3 ? [pixel[0] + 60, pixel[1]] : pixel))
    const found = await solvePnpRansac(points, marked, camera.intrinsics, 3)
    expect(found?.inliers).toEqual([0, 1, 2, 4, 5, 6, 7, 8])
    for (const point of points) {
      expect(
        distance(
          transformPoint(found?.cameraFromVolume ?? cameraFromVolume, point),
          transformPoint(cameraFromVolume, point),
        ),
      ).toBeLessThan(1e-3)
    }
  })

  it('gives the same answer again', async () => {
    const noisy = pixels.map(([u, v], i): Vector2 => [u + Math.sin(9 * i), v + Math.cos(4 * i)])
    const solve = () => solvePnpRansac(points, noisy, camera.intrinsics, 3)
    const first = await solve()
    expect(first?.inliers.length).toBeGreaterThan(6)
    expect(await solve()).toEqual(first)
  })
})

describe("OpenCV's dft, as this project relies on it", () => {
  it('is the sum of its definition, and the inverse gives the input back', async () => {
    const [rows, columns] = [3, 5]
    const values = Float64Array.from({ length: 2 * rows * columns }, (_, n) => Math.sin(5 * n + 1))
    const spectrum = await fourierTransform(values, rows, columns, 'forward')
    const [v, u] = [2, 3]
    let [real, imaginary] = [0, 0]
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const angle = -2 * Math.PI * ((u * x) / columns + (v * y) / rows)
        const n = 2 * (y * columns + x)
        real += values[n] * Math.cos(angle) - values[n + 1] * Math.sin(angle)
        imaginary += values[n] * Math.sin(angle) + values[n + 1] * Math.cos(angle)
      }
    }
    expect(spectrum[2 * (v * columns + u)]).toBeCloseTo(real, 12)
    expect(spectrum[2 * (v * columns + u) + 1]).toBeCloseTo(imaginary, 12)
    const back = await fourierTransform(spectrum, rows, columns, 'inverse')
    back.forEach((value, n) => {
      expect(value).toBeCloseTo(values[n], 12)
    })
  })

  it('knows fast lengths', async () => {
    expect(await fourierLength(1025)).toBe(1080)
  })
})
