import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { matrix4Schema, vector2Schema, vector3Schema, type Vector3 } from '../../contract/matrix.js'
import { assertCamera } from '../assert-camera.js'
import { pixelInWorld, projectPoint, sourceInWorld } from '../camera.js'
import { distance, linearPart, maxDifference, multiplyVector3 } from '../matrix.js'
import { rotationFromEuler, toRadians } from '../rotations/euler.js'
import {
  cameraFromDiffdrr,
  diffdrrFromCamera,
  diffdrrFromPose,
  poseFromDiffdrr,
  type DiffdrrOrientation,
  type DiffdrrPose,
} from './diffdrr.js'
import { lpsFromRas } from './image-side.js'
import { cameraFromNanodrr, poseFromNanodrr } from './nanodrr.js'

const caseSchema = z.object({
  orientation: z.enum(['AP', 'PA']),
  rot_deg: vector3Schema,
  xyz: vector3Schema,
  sdd: z.number(),
  H: z.int(),
  W: z.int(),
  delx: z.number(),
  dely: z.number(),
  x0: z.number(),
  y0: z.number(),
  reverse_x_axis: z.boolean(),
  pose: matrix4Schema,
  source: vector3Schema,
  pixel00: vector3Schema,
  pixel0W: vector3Schema,
  pixelH0: vector3Schema,
  points: z.array(vector3Schema),
  uv: z.array(vector2Schema),
})
const fixture = new URL('../../../tests/conformance/fixtures/projection.json', import.meta.url)
const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(fixture, 'utf8')))

const zxy = (anglesDeg: Vector3) =>
  rotationFromEuler('ZXY', [toRadians(anglesDeg[0]), toRadians(anglesDeg[1]), toRadians(anglesDeg[2])])

describe.each(cases)('DiffDRR $orientation $rot_deg reverse_x_axis=$reverse_x_axis', (known) => {
  const pose: DiffdrrPose = {
    rotation: zxy(known.rot_deg),
    translationMm: known.xyz,
    orientation: known.orientation,
    reverseXAxis: known.reverse_x_axis,
  }
  const detector = {
    sddMm: known.sdd,
    height: known.H,
    width: known.W,
    delxMm: known.delx,
    delyMm: known.dely,
    x0Mm: known.x0,
    y0Mm: known.y0,
  }
  // A patient whose volume's centre is not the origin: DiffDRR's points are relative to it, in RAS.
  const isocentreMm: Vector3 = [31, -7, 240]
  const lps = (ras: Vector3): Vector3 => {
    const [x, y, z] = multiplyVector3(lpsFromRas, ras)
    return [x + isocentreMm[0], y + isocentreMm[1], z + isocentreMm[2]]
  }
  const { cameraFromVolume, mirroredColumns } = poseFromDiffdrr(pose, isocentreMm)
  const camera = { ...cameraFromDiffdrr(detector, pose), cameraFromWorld: cameraFromVolume }
  const theirColumn = (column: number) => (mirroredColumns ? known.W - 1 - column : column)

  it('has the rotation of the fixture', () => {
    expect(maxDifference(pose.rotation, linearPart(known.pose))).toBeLessThan(1e-12)
  })

  it('stands where DiffDRR puts the source and the corners of the detector', () => {
    assertCamera(camera)
    expect(distance(sourceInWorld(camera), lps(known.source))).toBeLessThan(1e-9)
    const corner = (column: number, row: number) =>
      pixelInWorld(camera, [theirColumn(column), row], known.sdd)
    expect(distance(corner(0, 0), lps(known.pixel00))).toBeLessThan(1e-9)
    expect(distance(corner(known.W - 1, 0), lps(known.pixel0W))).toBeLessThan(1e-9)
    expect(distance(corner(0, known.H - 1), lps(known.pixelH0))).toBeLessThan(1e-9)
  })

  it('projects points to the same pixels', () => {
    known.points.forEach((point, index) => {
      const { pixel } = projectPoint(camera, lps(point))
      // DiffDRR counts pixel centres at halves.
      expect(Math.abs(theirColumn(pixel[0]) + 0.5 - known.uv[index][0])).toBeLessThan(1e-9)
      expect(Math.abs(pixel[1] + 0.5 - known.uv[index][1])).toBeLessThan(1e-9)
    })
  })

  it('comes back unchanged', () => {
    const back = diffdrrFromPose(cameraFromVolume, isocentreMm, known.orientation, known.reverse_x_axis)
    expect(maxDifference(back.rotation, pose.rotation)).toBeLessThan(1e-12)
    expect(distance(back.translationMm, pose.translationMm) / 1000).toBeLessThan(1e-12)
    const detectorBack = diffdrrFromCamera(camera, pose)
    for (const [name, value] of Object.entries(detector)) {
      expect(Math.abs(detectorBack[name as keyof typeof detector] - value)).toBeLessThan(1e-12)
    }
  })

  it('is what nanodrr means by the same numbers, if reverse_x_axis is set', () => {
    const nanodrr = poseFromNanodrr(pose, isocentreMm)
    const nanodrrCamera = cameraFromNanodrr(detector, known.orientation)
    const reversed = { ...pose, reverseXAxis: true }
    const diffdrr = poseFromDiffdrr(reversed, isocentreMm)
    expect(nanodrr.mirroredColumns).toBe(diffdrr.mirroredColumns)
    expect(maxDifference(nanodrr.cameraFromVolume, diffdrr.cameraFromVolume)).toBeLessThan(1e-12)
    expect(
      maxDifference(nanodrrCamera.intrinsics, cameraFromDiffdrr(detector, reversed).intrinsics),
    ).toBeLessThan(1e-12)
  })
})

describe('the side that a DiffDRR picture is seen from', () => {
  const mirrored = (orientation: DiffdrrOrientation, reverseXAxis: boolean) =>
    poseFromDiffdrr(
      { rotation: zxy([20, 5, -3]), translationMm: [0, 800, 0], orientation, reverseXAxis },
      [0, 0, 0],
    ).mirroredColumns

  it('is the source for AP and none with reverse_x_axis and for PA without it', () => {
    expect(mirrored('AP', true)).toBe(false)
    expect(mirrored('none', true)).toBe(false)
    expect(mirrored('PA', false)).toBe(false)
  })

  it('is the detector for the other three', () => {
    expect(mirrored('AP', false)).toBe(true)
    expect(mirrored('none', false)).toBe(true)
    expect(mirrored('PA', true)).toBe(true)
  })

  it('shows patient right on the left of an AP picture with reverse_x_axis, as radiographs are hung', () => {
    const pose = {
      rotation: zxy([0, 0, 0]),
      translationMm: [0, 850, 0] as const,
      orientation: 'AP',
      reverseXAxis: true,
    } as const
    const detector = { sddMm: 1020, height: 200, width: 200, delxMm: 2, delyMm: 2, x0Mm: 0, y0Mm: 0 }
    const camera = {
      ...cameraFromDiffdrr(detector, pose),
      cameraFromWorld: poseFromDiffdrr(pose, [0, 0, 0]).cameraFromVolume,
    }
    const patientRight = projectPoint(camera, [-50, 0, 0]).pixel
    const head = projectPoint(camera, [0, 0, 50]).pixel
    expect(patientRight[0]).toBeLessThan(99)
    expect(head[1]).toBeLessThan(99)
  })

  it('cannot be told back to DiffDRR without a pixel pitch', () => {
    const side = { orientation: 'AP', reverseXAxis: true } as const
    const detector = { sddMm: 1020, height: 200, width: 200, delxMm: 2, delyMm: 2, x0Mm: 0, y0Mm: 0 }
    const camera = { ...cameraFromDiffdrr(detector, side), pixelSpacingMm: undefined }
    expect(() => diffdrrFromCamera(camera, side)).toThrow(UserError)
  })
})
