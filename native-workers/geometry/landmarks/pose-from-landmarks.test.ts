import { describe, expect, it } from 'vitest'
import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector2, type Vector3 } from '../../contract/matrix.js'
import { cameraFromNumbers, projectPoint } from '../camera.js'
import {
  affine,
  distance,
  identity3,
  identity4,
  maxDifference,
  multiply4,
  transformPoint,
} from '../matrix.js'
import { rotationFromVector, twistAbout } from '../rigid.js'
import { triangulate } from '../triangulate.js'
import { matchLandmarks, type LandmarkView } from './landmark-pairs.js'
import { poseFromLandmarks } from './pose-from-landmarks.js'
import { refinePose } from './refine-pose.js'
import { reprojectionError, reprojectionJacobian, sightingsOf } from './reprojection.js'

const camera: Camera = {
  ...cameraFromNumbers({
    imageSize: { width: 600, height: 500 },
    sddMm: 1020,
    pixelSpacingMm: [0.6, 0.5],
    principalPoint: [320, 230],
  }),
  cameraFromWorld: affine(rotationFromVector([1.2, -0.3, 0.4]), [5, -8, 760]),
}
const lateral: Camera = {
  ...camera,
  cameraFromWorld: multiply4(
    affine(rotationFromVector([0, Math.PI / 2, 0]), [-700, 0, 740]),
    camera.cameraFromWorld,
  ),
}
/** A volume whose origin is far from its content, as scanners make them. */
const worldFromVolume: Matrix4 = multiply4(
  affine(rotationFromVector([-0.4, 0.8, 0.15]), [12, 3, -20]),
  affine(identity3, [-110, 240, 905]),
)
const positions: readonly Vector3[] = [
  [110, -240, -905],
  [170, -230, -880],
  [60, -262, -900],
  [118, -190, -860],
  [95, -250, -960],
  [141, -213, -932],
  [80, -222, -870],
]
const markAll = (
  view: Camera,
  points: readonly Vector3[],
  offset: (index: number) => Vector2 = () => [0, 0],
): LandmarkView => ({
  camera: view,
  pairs: points.map((position, index) => {
    const { pixel } = projectPoint(view, transformPoint(worldFromVolume, position))
    return {
      name: `L${String(index)}`,
      position,
      pixel: [pixel[0] + offset(index)[0], pixel[1] + offset(index)[1]],
    }
  }),
})
/** Marks off by about a pixel, the same in every run. */
const nearly = (index: number): Vector2 => [Math.sin(3 * index + 1), Math.cos(5 * index + 2)]
const largestShift = (a: Matrix4, b: Matrix4) =>
  Math.max(...positions.map((point) => distance(transformPoint(a, point), transformPoint(b, point))))

describe('a pose from landmarks', () => {
  it('is exact for exact marks in one view', async () => {
    const found = await poseFromLandmarks([markAll(camera, positions)])
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(1e-6)
    expect(found.reprojectionErrorPixels).toBeLessThan(1e-7)
    expect(found.residuals.map(({ inlier }) => inlier)).toEqual(positions.map(() => true))
  })

  it.each([4, 5, 6])('is exact for %d exact marks', async (count) => {
    const found = await poseFromLandmarks([markAll(camera, positions.slice(0, count))])
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(1e-5)
  })

  it('is exact for marks on one plane', async () => {
    const flat = positions.map(([x, y]): Vector3 => [x, y, -900])
    const found = await poseFromLandmarks([markAll(camera, flat)])
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(1e-5)
  })

  it('leaves out marks that contradict the others and says which', async () => {
    const misplaced = (index: number): Vector2 => (index === 2 ? [70, -30] : nearly(index))
    const found = await poseFromLandmarks([markAll(camera, positions, misplaced)])
    expect(found.residuals.filter(({ inlier }) => !inlier).map(({ name }) => name)).toEqual(['L2'])
    expect(found.residuals[2].errorPixels).toBeGreaterThan(30)
    expect(found.reprojectionErrorPixels).toBeLessThan(1.5)
    // One view leaves depth weak: a pixel of error at this lens is some millimetres along the view.
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(15)
  })

  it('is several times better from two views, with an outlier in each', async () => {
    const views = [
      markAll(camera, positions, (index) => (index === 1 ? [-90, 40] : nearly(index))),
      markAll(lateral, positions, (index) => (index === 5 ? [60, 60] : nearly(index + 20))),
    ]
    const found = await poseFromLandmarks(views)
    expect(
      found.residuals
        .filter(({ inlier }) => !inlier)
        .map(({ viewIndex, name }) => `${String(viewIndex)} ${name}`),
    ).toEqual(['0 L1', '1 L5'])
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(1)
  })

  it('needs only three landmarks when two views see them', async () => {
    const three = positions.slice(0, 3)
    const found = await poseFromLandmarks([markAll(camera, three), markAll(lateral, three)])
    expect(largestShift(found.worldFromVolume, worldFromVolume)).toBeLessThan(1e-6)
  })

  it('is the same every time', async () => {
    const views = [markAll(camera, positions, (index) => (index === 4 ? [50, 0] : nearly(index)))]
    expect(await poseFromLandmarks(views)).toEqual(await poseFromLandmarks(views))
  })

  it.each<[string, LandmarkView, RegExp]>([
    ['three landmarks', markAll(camera, positions.slice(0, 3)), /at least 4 landmarks.*there are 3/],
    ['one landmark', markAll(camera, positions.slice(0, 1)), /there is 1/],
    [
      'a line',
      markAll(
        camera,
        [0, 1, 2, 3, 4].map((step): Vector3 => [100 + 10 * step, -240, -905 + 5 * step]),
      ),
      /on one line/,
    ],
    [
      'marks that fit nothing',
      markAll(camera, positions, (index) => [200 * Math.sin(9 * index), 200 * Math.cos(7 * index)]),
      /No pose brings/,
    ],
  ])('refuses %s', async (_, view, words) => {
    await expect(poseFromLandmarks([view])).rejects.toThrow(words)
  })
})

describe('the fit of landmarks', () => {
  const sightings = sightingsOf([markAll(camera, positions, nearly), markAll(lateral, positions)])

  it('uses the derivative of the error, by finite differences', () => {
    const centre: Vector3 = [3, 4, 5]
    const step = 1e-5
    for (const sighting of sightings.slice(5, 9)) {
      const rows = reprojectionJacobian(sighting, worldFromVolume, centre)
      for (let parameter = 0; parameter < 6; parameter++) {
        const unit = (k: number) => (k === parameter ? step : 0)
        const error = (sign: 1 | -1) =>
          reprojectionError(
            sighting,
            multiply4(
              twistAbout(
                centre,
                identity3,
                [sign * unit(0), sign * unit(1), sign * unit(2)],
                [sign * unit(3), sign * unit(4), sign * unit(5)],
              ),
              worldFromVolume,
            ),
          )
        for (const axis of [0, 1] as const) {
          const slope = (error(1)[axis] - error(-1)[axis]) / (2 * step)
          expect(rows[axis][parameter]).toBeCloseTo(slope, 4)
        }
      }
    }
  })

  it('comes from far to the same minimum', () => {
    const near = refinePose(sightings, worldFromVolume)
    const far = refinePose(
      sightings,
      multiply4(affine(rotationFromVector([0.3, -0.2, 0.2]), [30, -20, 25]), worldFromVolume),
    )
    expect(maxDifference(near, far) / 1000).toBeLessThan(1e-9)
    expect(maxDifference(near, identity4)).toBeGreaterThan(1)
  })
})

describe('triangulation', () => {
  it('meets the point that two views see, and refuses views of one direction', () => {
    const point: Vector3 = [10, -4, 22]
    const see = (view: Camera) => ({ camera: view, pixel: projectPoint(view, point).pixel })
    expect(distance(triangulate([see(camera), see(lateral)])?.point ?? [0, 0, 0], point)).toBeLessThan(1e-9)
    expect(triangulate([see(camera), see(camera)])).toBeNull()
  })
})

describe('matching landmarks', () => {
  const volumePoints = {
    schema: 'isocenter/points@1',
    frame: 'LPS',
    points: [
      { name: 'a', position: [1, 2, 3] },
      { name: 'b', position: [4, 5, 6] },
    ],
  } as const
  const image = (names: readonly string[]) => ({
    schema: 'isocenter/image-points@1' as const,
    points: names.map((name) => ({ name, pixel: [7, 8] as const })),
  })

  it('goes by name, not by order', () => {
    const pairs = matchLandmarks({ ...volumePoints, points: [...volumePoints.points] }, image(['c', 'b']))
    expect(pairs).toEqual([{ name: 'b', position: [4, 5, 6], pixel: [7, 8] }])
  })

  it('refuses a name given twice', () => {
    expect(() =>
      matchLandmarks({ ...volumePoints, points: [...volumePoints.points] }, image(['a', 'a'])),
    ).toThrow(UserError)
  })
})
