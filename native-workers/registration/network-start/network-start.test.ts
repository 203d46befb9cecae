import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { registerInputSchema, type RegisterOutput } from '../../contract/operations/register.js'
import { trainingDetectorSchema, type TrainingDetector } from '../../contract/training/configuration.js'
import { networkSchema } from '../../contract/training/network.js'
import { diffdrrFromPose } from '../../geometry/adapters/diffdrr.js'
import { affine, maxDifference, multiply4 } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeTransformFile } from '../../imaging/transform-file/write-transform.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { writeFloat32Tiff } from '../../imaging/write-picture.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { blobVolume, obliqueGrid } from '../../rendering/testing/analytic-volumes.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { networkFrame } from '../../training/sampling/network-frame.js'
import { extrinsicFromDiffdrr, targetsFromExtrinsic } from '../../training/sampling/targets-from-pose.js'
import { writeConstantCheckpoint } from '../../training/testing/constant-network.js'
import { register } from '../register.operation.js'
import { poseDistanceMm } from '../search/candidate-poses.js'
import { type BlobScene, blobScene } from '../testing/blob-scene.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const isocentreMm = gridCentreMm(obliqueGrid)
const network = networkSchema.parse({ name: 'light' })
const detector = trainingDetectorSchema.parse({ sddMm: 1000, height: 32, delxMm: 5 })
let blobs: BlobScene
/** 12 mm and 8 degrees from the truth, and far beyond where a network's pose is looked around. */
let near: Matrix4
let far: Matrix4

beforeAll(async () => {
  blobs = await blobScene({ fieldMm: 90 })
  near = blobs.moved([0.09, -0.08, 0.08, 7, -6, 15])
  far = blobs.moved([0.9, 0.8, -1.1, 20, 15, -90])
  await writeVolume(folder.file('blobs.nrrd'), blobVolume(obliqueGrid))
  const [{ camera, picture }] = blobs.scene.views
  await writeFloat32Tiff(folder.file('x.tiff'), picture)
  await writeFile(folder.file('x.camera.json'), JSON.stringify(camera))
  await writeNetwork('near', near)
  await writeNetwork('far', far)
})
afterAll(async () => {
  blobs.dispose()
  await disposeRenderers()
})

/** A checkpoint whose network answers this pose of a volume whose middle lies at `centreMm`. */
async function writeNetwork(
  name: string,
  worldFromVolume: Matrix4,
  centreMm: Vector3 = isocentreMm,
  side: Partial<TrainingDetector> = {},
): Promise<void> {
  const sided = { ...detector, ...side }
  const cameraFromVolume = multiply4(blobs.scene.views[0].camera.cameraFromWorld, worldFromVolume)
  const pose = diffdrrFromPose(cameraFromVolume, centreMm, sided.orientation, sided.reverseXAxis)
  const outputs = targetsFromExtrinsic(extrinsicFromDiffdrr(pose), networkFrame({ detector: sided, network }))
  await writeConstantCheckpoint(folder.file(name), { detector: sided, network }, outputs, centreMm)
}

async function run(
  networks: readonly string[],
  initial: object = {},
  rest: object = {},
): Promise<RegisterOutput> {
  const input = registerInputSchema.parse({
    views: [
      {
        xray: { path: folder.file('x.tiff'), preprocessing: { autoMask: false } },
        camera: { kind: 'file', path: folder.file('x.camera.json') },
      },
    ],
    volume: { path: folder.file('blobs.nrrd') },
    initial: { kind: 'model', checkpoints: networks.map((name) => folder.file(name)), ...initial },
    attenuation: 'identity',
    metric: 'ncc',
    finish: 'standard',
    confidence: 'none',
    threads: 2,
    ...rest,
  })
  return register(input, {
    signal: new AbortController().signal,
    onEvent: () => undefined,
    onProgress: () => undefined,
  })
}

const errorMm = (pose: Matrix4) => poseDistanceMm(blobs.scene.problem, pose, blobs.truth)
/**
 * A network that answers the same whatever it is shown does not turn with its turned views: the mean differs from its
 * answer by their second order.
 */
const same = (a: Matrix4, b: Matrix4) => expect(maxDifference(a, b)).toBeLessThan(0.5)

describe("registration from a network's pose", () => {
  it('tells that pose as the initial one and finds the true one', async () => {
    const { result } = await run(['near'])
    same(result.initial.worldFromVolume, near)
    expect(errorMm(near)).toBeGreaterThan(10)
    expect(errorMm(result.final.worldFromVolume)).toBeLessThan(2)
    expect(result.views[0].notes.join(' ')).toContain('the network "near/0001"')
    expect(result.inputs.map(({ role }) => role)).toContain('network 1')
    expect(result.mirroredColumns).toBe(false)
  })

  it('keeps the better of two networks and names the other', async () => {
    const { result } = await run(['far', 'near'])
    same(result.initial.worldFromVolume, near)
    expect(result.views[0].notes.join(' ')).toMatch(
      /"near\/0001", whose loss was least.*also tried: "far\/0001"/,
    )
  })

  it('keeps the pose as it is where only that is asked for', async () => {
    const { result } = await run(['far', 'near'], { initOnly: true })
    same(result.final.worldFromVolume, near)
    expect(result.final).toEqual(result.initial)
    expect(result.warnings.join(' ')).toContain('was not refined')
  })

  it('brings a pose on a template through the warp', async () => {
    const patientFromTemplate = affine(rotationFromVector([0.1, -0.2, 0.15]), [8, -5, 12])
    await writeTransformFile(folder.file('warp.tfm'), patientFromTemplate)
    // The template's middle, told by the checkpoint, is not that of the volume.
    await writeNetwork('template', multiply4(near, patientFromTemplate), [3, -40, 610])
    const warp = { path: folder.file('warp.tfm') }
    const { result } = await run(['template'], { initOnly: true }, { warp })
    same(result.final.worldFromVolume, near)
  })

  it('reverses the X-ray for networks that saw it from the detector’s side, all or none', async () => {
    await writeNetwork('mirrored', near, isocentreMm, { orientation: 'PA' })
    const { result } = await run(['mirrored'], { initOnly: true })
    expect(result.mirroredColumns).toBe(true)
    same(result.final.worldFromVolume, near)
    await expect(run(['mirrored', 'near'])).rejects.toMatchObject({ code: 'input-invalid' })
  })

  it('says what is wrong with a network', async () => {
    const numbers = new Array<number>(13).fill(NaN)
    await writeConstantCheckpoint(folder.file('broken'), { detector, network }, numbers)
    await expect(run(['broken'])).rejects.toMatchObject({ code: 'values-invalid' })
    await expect(run(['nowhere'])).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
