import { describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { givenStartSchema } from '../contract/operations/register.js'
import { type XrayTags } from '../contract/operations/xray.js'
import { cropCamera, projectPoint, sourceInWorld } from '../geometry/camera.js'
import { invertRigid, maxDifference, multiply4, transformPoint } from '../geometry/matrix.js'
import { obliqueCamera, posedBefore } from '../rendering/testing/analytic-volumes.js'
import { apView, type InitialPoseContext, startingPose } from './initial-pose.js'

const camera = obliqueCamera(200, 180)
const isocentreMm: Vector3 = [10, -150, 900]
const context = (tags: Partial<XrayTags> = {}): InitialPoseContext => ({
  cameras: [camera],
  firstTags: { frames: 1, ...tags },
  isocentreMm,
})
const pose = (initial: object, tags?: Partial<XrayTags>) =>
  startingPose(givenStartSchema.parse(initial), context(tags))

/** Where the X-rays come from, in the volume's LPS mm from the isocentre. */
const sourceFromIsocentre = (worldFromVolume: Matrix4): Vector3 => {
  const [x, y, z] = transformPoint(invertRigid(worldFromVolume), sourceInWorld(camera))
  return [x - isocentreMm[0], y - isocentreMm[1], z - isocentreMm[2]]
}
const expectNear = (actual: Vector3, expected: Vector3) => {
  for (const axis of [0, 1, 2]) expect(actual[axis]).toBeCloseTo(expected[axis], 6)
}

describe('startingPose', () => {
  it('takes a given pose as it is, and refuses one that is not rigid', async () => {
    const worldFromVolume = posedBefore(isocentreMm)
    expect(await pose({ kind: 'pose', worldFromVolume })).toMatchObject({ worldFromVolume, notes: [] })
    const mirrored = worldFromVolume.map((row) => row.map((value, n) => (n === 0 ? -value : value)))
    await expect(pose({ kind: 'pose', worldFromVolume: mirrored })).rejects.toMatchObject({
      code: 'geometry-invalid',
    })
  })

  const fixed = { kind: 'fixed', rotationDeg: [0, 0, 0] as const }

  it('AP: the source before the patient, columns as stored', async () => {
    const { worldFromVolume, mirroredColumns } = await pose({
      ...fixed,
      translationMm: [0, 700, 0],
      orientation: 'AP',
    })
    expect(mirroredColumns).toBe(false)
    expectNear(sourceFromIsocentre(worldFromVolume), [0, -700, 0])
  })

  it('PA with reversed x shows the picture from the detector’s side, and says so', async () => {
    const { worldFromVolume, mirroredColumns, notes } = await pose({
      ...fixed,
      translationMm: [0, -700, 0],
      orientation: 'PA',
    })
    expect(mirroredColumns).toBe(true)
    expect(notes.join(' ')).toMatch(/columns were reversed/)
    expectNear(sourceFromIsocentre(worldFromVolume), [0, 700, 0])
  })

  it('PA without reversal is proper', async () => {
    const { mirroredColumns, notes } = await pose({
      ...fixed,
      translationMm: [0, -700, 0],
      orientation: 'PA',
      reverseXAxis: false,
    })
    expect(mirroredColumns).toBe(false)
    expect(notes).toEqual([])
  })

  it('from DICOM tags at their distance, and refused where they are absent', async () => {
    const tags = {
      positionerPrimaryAngleDeg: 90,
      positionerSecondaryAngleDeg: 0,
      sourceToPatientMm: 650,
    }
    const { worldFromVolume } = await pose({ kind: 'dicom' }, tags)
    const source = sourceFromIsocentre(worldFromVolume)
    expect(Math.hypot(...source)).toBeCloseTo(650, 6)
    expect(Math.abs(source[0])).toBeCloseTo(650, 6)
    await expect(pose({ kind: 'dicom' })).rejects.toMatchObject({ code: 'geometry-missing' })
  })

  it('from landmarks: the pose that projects them where they were marked', async () => {
    const truth = multiply4(invertRigid(camera.cameraFromWorld), posedBefore(isocentreMm))
    const offsets: readonly Vector3[] = [
      [0, 0, 0],
      [40, 5, 10],
      [-30, 20, -15],
      [12, -35, 30],
      [-20, -18, 42],
      [25, 30, -38],
    ]
    const points = offsets.map((offset, n) => {
      const position: Vector3 = [
        isocentreMm[0] + offset[0],
        isocentreMm[1] + offset[1],
        isocentreMm[2] + offset[2],
      ]
      return { name: `p${n}`, position }
    })
    const initial = {
      kind: 'landmarks',
      points3d: { schema: 'isocenter/points@1', frame: 'LPS', points },
      points2d: {
        schema: 'isocenter/image-points@1',
        points: points.map(({ name, position }) => ({
          name,
          pixel: projectPoint(camera, transformPoint(truth, position)).pixel,
        })),
      },
    }
    const { worldFromVolume, notes } = await pose(initial)
    expect(maxDifference(worldFromVolume, truth)).toBeLessThan(0.05)
    expect(notes[0]).toMatch(/^Landmarks fit with 0\.0\d pixels/)

    // The marks are made in the X-ray as it was read; what is compared may be a part of it.
    const cropped = {
      cameras: [cropCamera(camera, 8, 6, 184, 168)],
      cropOffsets: [{ left: 8, top: 6 }],
      firstTags: { frames: 1 },
      isocentreMm,
    }
    const start = await startingPose(givenStartSchema.parse(initial), cropped)
    expect(maxDifference(start.worldFromVolume, truth)).toBeLessThan(0.05)
    const two = { ...initial, points2d: [initial.points2d, initial.points2d] }
    await expect(pose(two)).rejects.toMatchObject({ code: 'input-invalid' })
  })

  describe('of a search', () => {
    it('is an AP view at the distance that was asked for or tagged', async () => {
      const asked = await pose({ kind: 'search', sourceToIsocentreMm: 640 }, { sourceToPatientMm: 800 })
      expectNear(sourceFromIsocentre(asked.worldFromVolume), [0, -640, 0])
      const tagged = await pose({ kind: 'search' }, { sourceToPatientMm: 800 })
      expectNear(sourceFromIsocentre(tagged.worldFromVolume), [0, -800, 0])
      expect(tagged.notes).toEqual([])
    })

    it('says so where it assumes the distance, and asks for it where it can’t', async () => {
      const assumed = await pose({ kind: 'search' })
      expectNear(sourceFromIsocentre(assumed.worldFromVolume), [0, -735, 0])
      expect(assumed.notes.join(' ')).toMatch(/nothing states the distance/)
      const unknown = { ...context(), cameras: [{ ...camera, pixelSpacingMm: undefined }] }
      await expect(startingPose(givenStartSchema.parse({ kind: 'search' }), unknown)).rejects.toMatchObject({
        code: 'geometry-missing',
      })
    })

    it('takes a nominal view or pose', async () => {
      const nominal = { rotationDeg: [0, 0, 0], translationMm: [0, 500, 0], orientation: 'AP' }
      const viewed = await pose({ kind: 'search', nominal })
      expectNear(sourceFromIsocentre(viewed.worldFromVolume), [0, -500, 0])
      const worldFromVolume = posedBefore(isocentreMm)
      expect((await pose({ kind: 'search', worldFromVolume })).worldFromVolume).toEqual(worldFromVolume)
    })
  })
})

describe('apView', () => {
  it('has the patient’s left to the right of the picture and the head up', () => {
    const view = apView(isocentreMm, 700)
    expectNear(transformPoint(view, isocentreMm), [0, 0, 700])
    const project = (offset: Vector3) => {
      const [x, y, z] = transformPoint(view, [
        isocentreMm[0] + offset[0],
        isocentreMm[1] + offset[1],
        isocentreMm[2] + offset[2],
      ])
      return [x / z, y / z]
    }
    expect(project([10, 0, 0])[0]).toBeGreaterThan(0)
    expect(project([0, 0, 10])[1]).toBeLessThan(0)
  })
})
