import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import { sourceToDetectorMm } from '../../geometry/camera.js'
import { bodyVolume, obliqueGrid } from '../../rendering/testing/analytic-volumes.js'
import { bodySchedule } from '../level-schedule.js'
import { type RegistrationScene } from '../registration-scene.js'
import { runStages } from '../run-stages.js'
import { type BlobScene, blobScene, centreOffsetMm, smallTwist } from '../testing/blob-scene.js'
import { changedCamera } from './intrinsics-change.js'
import { refineUnknowns } from './refine-unknowns.js'

const stages = bodySchedule('gmncc', 'standard')
const body = { volume: bodyVolume(obliqueGrid), width: 100, height: 80, fieldMm: 110 }
const silent = () => undefined

describe('refineUnknowns', () => {
  let linear: BlobScene
  let bent: BlobScene
  let both: BlobScene
  beforeAll(async () => {
    linear = await blobScene(body)
    both = await blobScene({ ...body, views: 2 })
    bent = await blobScene({ ...body, contrast: (integral) => integral ** 0.6 })
  })
  afterAll(() => {
    linear.dispose()
    bent.dispose()
    both.dispose()
  })

  const registered = async ({ moved }: BlobScene, scene: RegistrationScene) => {
    const start = moved(smallTwist.map((value) => value / 2))
    return (await runStages(scene, stages, start, silent)).worldFromVolume
  }
  const depthErrorMm = ({ scene, truth }: BlobScene, pose: Matrix4) =>
    Math.abs(centreOffsetMm(scene, pose, truth)[2])

  it('fits the curve of an X-ray of gamma 0.6, which takes away most of the depth error', async () => {
    const pose = await registered(bent, bent.scene)
    const choices = { intrinsics: false, intensity: true }
    const { worldFromVolume } = await refineUnknowns(bent.scene, stages, pose, choices, silent)
    expect(depthErrorMm(bent, worldFromVolume)).toBeLessThan(0.5 * depthErrorMm(bent, pose))
  })

  it('leaves the intensities of a linear X-ray nearly as they are', async () => {
    const pose = await registered(linear, linear.scene)
    const choices = { intrinsics: false, intensity: true }
    const { scene } = await refineUnknowns(linear.scene, stages, pose, choices, silent)
    const [before, after] = [linear.scene, scene].map(({ views }) => views[0].picture.pixels)
    const range = Math.max(...before) - Math.min(...before)
    const worst = Math.max(...before.map((value, n) => Math.abs(value - after[n])))
    expect(worst).toBeLessThan(0.05 * range)
  })

  /** Refines with the first camera's focal length off by a share. */
  const intrinsicsRefined = async (of: BlobScene, share: number) => {
    const [first, ...others] = of.scene.views
    const off = { ...first, camera: changedCamera(first.camera, [share, 0, 0]) }
    const stated = { ...of.scene, views: [off, ...others] }
    const pose = await registered(of, stated)
    const choices = { intrinsics: true, intensity: false }
    const { scene, notes } = await refineUnknowns(stated, stages, pose, choices, silent)
    const sddMm = sourceToDetectorMm(scene.views[0].camera) ?? 0
    return { errorMm: Math.abs(sddMm - 1000), notes: notes[0].join(' ') }
  }

  it('leaves a distance to the detector that one view hardly determines near its prior, and says so', async () => {
    const { errorMm, notes } = await intrinsicsRefined(linear, 0)
    expect(errorMm).toBeLessThan(5)
    expect(notes).toMatch(/from 1000\.0 to [\d.]+ ± [\d.]+ mm; the images hardly determine it/)
  })

  it('finds a distance to the detector that two views determine', async () => {
    const { errorMm, notes } = await intrinsicsRefined(both, 0.02)
    expect(errorMm).toBeLessThan(5)
    expect(notes).toMatch(/source-to-detector distance was refined from 1020\.2 to [\d.]+ ± [\d.]+ mm\./)
  })
})
