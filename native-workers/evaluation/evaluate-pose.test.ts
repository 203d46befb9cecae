import { describe, expect, it } from 'vitest'
import { type Camera } from '../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { operationContracts, type OperationRequest } from '../contract/operations/index.js'
import { poseFromDiffdrr } from '../geometry/adapters/diffdrr.js'
import { lpsFromRas } from '../geometry/adapters/image-side.js'
import { cameraFromNumbers } from '../geometry/camera.js'
import {
  affine,
  identity3,
  identity4,
  multiply3,
  multiply4,
  multiplyVector3,
  transpose3,
} from '../geometry/matrix.js'
import { rotationFromVector } from '../geometry/rigid.js'
import { rotationFromEuler, toRadians } from '../geometry/rotations/euler.js'
import { evaluatePose } from './evaluate-pose.operation.js'

const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const evaluate = (request: OperationRequest<'evaluate-pose'>) =>
  evaluatePose(operationContracts['evaluate-pose'].input.parse(request), context)
const pointsFile = (positions: readonly Vector3[]) => ({
  schema: 'isocenter/points@1' as const,
  frame: 'LPS' as const,
  points: positions.map((position, index) => ({ name: `p${String(index)}`, position })),
})
const camera: Camera = cameraFromNumbers({
  imageSize: { width: 200, height: 200 },
  sddMm: 1000,
  pixelSpacingMm: [0.5, 2],
})
const placed = affine(identity3, [0, 0, 500])
const moved = (x: number, y: number, z: number): Matrix4 => affine(identity3, [x, y, 500 + z])

describe('the two definitions of mTRE', () => {
  const ras: readonly Vector3[] = [
    [60, 20, -80],
    [-60, 20, -80],
    [0, -50, 40],
    [90, 0, 100],
  ]
  const points = pointsFile(ras.map((point) => multiplyVector3(lpsFromRas, point)))
  const rotation = rotationFromEuler('ZXY', [toRadians(30), toRadians(10), toRadians(-5)])
  const translation: Vector3 = [12, 800, -7]
  const xvrFrame = { isocentreMm: [0, 0, 0], orientation: 'AP', reverseXAxis: true } as const
  const pose = (turned: typeof rotation, translationMm: Vector3) =>
    poseFromDiffdrr({ rotation: turned, translationMm, orientation: 'AP', reverseXAxis: true }, [0, 0, 0])
      .cameraFromVolume
  const truth = pose(rotation, translation)
  const oneDegree = rotationFromVector([0, 0, toRadians(1)])

  it('differ for an orbit of one degree about the isocentre as the specification says', async () => {
    const estimate = pose(multiply3(oneDegree, rotation), translation)
    const errors = await evaluate({ estimate, truth, points, cameras: [camera], xvrFrame })
    expect(errors.mTreMm).toBeCloseTo(1.16, 2)
    expect(errors['xvr-mTRE (compat)']).toBeCloseTo(13.78, 2)
    expect(errors.rotationErrorDeg).toBeCloseTo(1, 10)
  })

  it('differ for a roll of the camera by one degree the other way round', async () => {
    const rolled = multiply3(rotation, oneDegree)
    const source = multiplyVector3(rotation, translation)
    const estimate = pose(rolled, multiplyVector3(transpose3(rolled), source))
    const errors = await evaluate({ estimate, truth, points, cameras: [camera], xvrFrame })
    expect(errors.mTreMm).toBeCloseTo(14.24, 2)
    expect(errors['xvr-mTRE (compat)']).toBeCloseTo(1.16, 2)
  })

  it("leave xvr's out where its frame is not told", async () => {
    const errors = await evaluate({ estimate: truth, truth, points, cameras: [camera] })
    expect(errors['xvr-mTRE (compat)']).toBeNull()
    expect(errors).toMatchObject({ mTreMm: 0, rotationErrorDeg: 0 })
  })
})

describe('the errors of a view', () => {
  const points = pointsFile([[0, 0, 0]])

  it('of a shift across the view are the magnified shift on the detector and the shift itself at the point', async () => {
    const { views, mTreMm, translationErrorMm } = await evaluate({
      estimate: moved(3, 4, 0),
      truth: placed,
      points,
      cameras: [camera],
    })
    expect(mTreMm).toBeCloseTo(5, 12)
    expect(translationErrorMm).toBeCloseTo(5, 12)
    expect(views[0].mPdMm).toBeCloseTo(10, 12)
    expect(views[0].mPdPixels).toBeCloseTo(Math.hypot(6 / 0.5, 8 / 2), 12)
    expect(views[0].inPlaneErrorMm).toBeCloseTo(5, 12)
    expect(views[0].depthErrorMm).toBeCloseTo(0, 12)
    // The true point's distance from a ray that leaves it by 5 mm at 500 mm.
    expect(views[0].mRpdMm).toBeCloseTo(500 * Math.sin(Math.atan2(5, 500)), 12)
  })

  it('of a shift along the view show only in depth', async () => {
    const { views, mTreMm } = await evaluate({
      estimate: moved(0, 0, -30),
      truth: placed,
      points,
      cameras: [camera],
    })
    expect(mTreMm).toBeCloseTo(30, 12)
    expect(views[0]).toEqual({ mPdMm: 0, mPdPixels: 0, mRpdMm: 0, inPlaneErrorMm: 0, depthErrorMm: 30 })
  })

  it('are split by each camera on its own', async () => {
    const side: Camera = {
      ...camera,
      cameraFromWorld: multiply4(affine(rotationFromVector([0, Math.PI / 2, 0]), [-500, 0, 500]), identity4),
    }
    const { views } = await evaluate({
      estimate: moved(0, 0, 7),
      truth: placed,
      points,
      cameras: [camera, side],
    })
    expect(views.map(({ depthErrorMm }) => Math.round(depthErrorMm))).toEqual([7, 0])
    expect(views.map(({ inPlaneErrorMm }) => Math.round(inPlaneErrorMm))).toEqual([0, 7])
  })

  it('are in pixels where the pitch is unknown', async () => {
    const unknown = { ...camera, pixelSpacingMm: undefined }
    const { views } = await evaluate({ estimate: moved(3, 0, 0), truth: placed, points, cameras: [unknown] })
    expect(views[0].mPdMm).toBe(views[0].mPdPixels)
  })
})

describe('an evaluation', () => {
  const points = pointsFile([[1, 2, 3]])

  it.each([
    ['no points', { points: pointsFile([]) }, /holds no points/],
    [
      'a stretched estimate',
      {
        estimate: affine(
          [
            [1, 0, 0],
            [0, 2, 0],
            [0, 0, 1],
          ],
          [0, 0, 500],
        ),
      },
      /The estimated pose is not/,
    ],
    ['a point behind the source', { estimate: moved(0, 0, -900) }, /behind the X-ray source/],
    [
      'a singular camera',
      {
        cameras: [
          {
            ...camera,
            intrinsics: [
              [0, 0, 0],
              [0, 9, 0],
              [0, 0, 1],
            ] as const,
          },
        ],
      },
      /Camera 1 is not usable.*singular/,
    ],
  ])('refuses %s', async (_, change, words) => {
    await expect(
      evaluate({ estimate: placed, truth: placed, points, cameras: [camera], ...change }),
    ).rejects.toThrow(words)
  })

  it('can be cancelled', async () => {
    const input = operationContracts['evaluate-pose'].input.parse({ estimate: placed, truth: placed, points })
    await expect(evaluatePose(input, { ...context, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
