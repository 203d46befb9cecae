import { describe, expect, it } from 'vitest'
import { boundsMm } from '../../geometry/grid.js'
import { cross, dot, length, radians, scale, subtract } from '../../geometry/math.js'
import { planeGrid, planes, planeNames, topLeftOn } from './plane.js'
import { outsideValue, reslice } from './reslice.js'
import { resliceLabels } from './reslice-labels.js'
import {
  cutDirection,
  directionLetters,
  straightPlanes,
  tiltDeg,
  turnedPlane,
  withOthersTurned,
} from './turned-planes.js'

const turned = withOthersTurned(
  withOthersTurned(straightPlanes, 'axial', radians(30)),
  'coronal',
  radians(-20),
)

describe('turned planes', () => {
  it('are the straight ones themselves as long as none is turned', () => {
    for (const name of planeNames) expect(turnedPlane(name, straightPlanes)).toBe(planes[name])
  })

  it('leave the plane that is turned in, and stay at right angles', () => {
    const once = withOthersTurned(straightPlanes, 'axial', radians(30))
    expect(turnedPlane('axial', once)).toBe(planes.axial)
    expect(
      [tiltDeg('axial', once), tiltDeg('sagittal', once), tiltDeg('coronal', once)].map(Math.round),
    ).toEqual([0, 30, 30])
    for (const a of planeNames) {
      const { right, down, normal } = turnedPlane(a, turned)
      expect(Math.abs(dot(right, down))).toBeLessThan(1e-12)
      expect(Math.abs(dot(cross(right, down), normal))).toBeCloseTo(1, 12)
      for (const b of planeNames) {
        if (a !== b) expect(Math.abs(dot(normal, turnedPlane(b, turned).normal))).toBeLessThan(1e-12)
      }
    }
  })

  it('are seen as lines that went round clockwise by the angle', () => {
    const once = withOthersTurned(straightPlanes, 'axial', radians(30))
    const straight = cutDirection(planes.axial, planes.sagittal)
    const line = cutDirection(planes.axial, turnedPlane('sagittal', once))
    expect(Math.abs(straight.x)).toBeCloseTo(0, 12)
    // Down the screen, and clockwise by 30 degrees from there: to the left.
    const sign = Math.sign(line.y)
    expect(sign * line.x).toBeCloseTo(-0.5, 12)
    expect(sign * line.y).toBeCloseTo(Math.sqrt(3) / 2, 12)
  })

  it('have letters for all that they point along', () => {
    expect(directionLetters([1, 0, 0])).toBe('L')
    expect(directionLetters([-0.8, 0.6, 0])).toBe('RP')
    expect(directionLetters([0.3, -0.5, -0.81])).toBe('IAL')
    expect(directionLetters([0.999, 0.04, 0])).toBe('L')
    expect(turnedPlane('coronal', withOthersTurned(straightPlanes, 'axial', radians(30))).letters).toEqual({
      left: 'RA',
      right: 'LP',
      top: 'S',
      bottom: 'I',
    })
  })
})

/** Values that are linear in LPS, on a grid of its own direction. */
const grid = {
  size: [24, 20, 16],
  spacingMm: [1, 1.5, 2],
  originMm: [-12, 8, -15],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
} as const
const voxels = new Int16Array(24 * 20 * 16)
const labels = new Uint8Array(voxels.length)
for (let at = 0; at < voxels.length; at++) {
  const [i, j, k] = [at % 24, Math.floor(at / 24) % 20, Math.floor(at / 480)]
  voxels[at] = 10 * (-12 + i) + 20 * (8 - 1.5 * j) + 30 * (-15 + 2 * k)
  labels[at] = k + 1
}

describe('an oblique slice', () => {
  it.each(planeNames)('shows the values and labels at the places of its pixels (%s)', (name) => {
    const plane = turnedPlane(name, turned)
    const pixels = planeGrid(plane, boundsMm(grid), 1, 100)
    const positionMm = dot(plane.normal, [0.5, -6, 1])
    const picture = reslice({ grid, voxels }, plane, pixels, positionMm)
    const map = new Uint16Array(picture.length)
    resliceLabels(labels, grid, plane, pixels, positionMm, map)
    const start = topLeftOn(plane, pixels, positionMm)
    let inside = 0
    for (const [at, value] of picture.entries()) {
      const u = (at % pixels.width) * pixels.stepMm
      const v = Math.floor(at / pixels.width) * pixels.stepMm
      const [x, y, z] = [0, 1, 2].map(
        (axis) => (start[axis] ?? 0) + u * (plane.right[axis] ?? 0) + v * (plane.down[axis] ?? 0),
      )
      if (value === outsideValue || x === undefined || y === undefined || z === undefined) continue
      // Beyond the outermost centres the values are those of the edge.
      if (x < -12 || x > 11 || y > 8 || y < -20.5 || z < -15 || z > 15) continue
      inside++
      expect(Math.abs(value - (10 * x + 20 * y + 30 * z))).toBeLessThan(0.51)
      expect(Math.abs((map[at] ?? 0) - ((z + 15) / 2 + 1))).toBeLessThan(0.5 + 1e-9)
    }
    expect(inside).toBeGreaterThan(200)
  })

  it('lies through the crosshair', () => {
    const plane = turnedPlane('sagittal', turned)
    const crosshair = [3, -4, 5] as const
    const start = topLeftOn(plane, planeGrid(plane, boundsMm(grid), 1, 100), dot(plane.normal, crosshair))
    const across = dot(subtract(crosshair, start), plane.normal)
    expect(length(scale(plane.normal, across))).toBeLessThan(1e-9)
  })
})
