import { writeFile, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '../contract/errors.js'
import { type Matrix4 } from '../contract/matrix.js'
import { registerInputSchema, type RegisterOutput } from '../contract/operations/register.js'
import { sourceToDetectorMm } from '../geometry/camera.js'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { writeFloat32Tiff } from '../imaging/write-picture.js'
import { writeVolume } from '../imaging/write-volume.js'
import { blobVolume, obliqueGrid } from '../rendering/testing/analytic-volumes.js'
import { disposeRenderers } from '../rendering/volume-renderers.js'
import { changedCamera } from './joint/intrinsics-change.js'
import { register } from './register.operation.js'
import { poseDistanceMm } from './search/candidate-poses.js'
import { type BlobScene, blobScene, centreOffsetMm, smallTwist } from './testing/blob-scene.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let blobs: BlobScene
let files: { volume: string; xrays: string[]; cameras: string[] }

beforeAll(async () => {
  blobs = await blobScene({ views: 2, fieldMm: 90 })
  files = { volume: folder.file('blobs.nrrd'), xrays: [], cameras: [] }
  await writeVolume(files.volume, blobVolume(obliqueGrid))
  for (const [n, { camera, picture }] of blobs.scene.views.entries()) {
    files.xrays.push(folder.file(`x-ray ${n}.tiff`))
    files.cameras.push(folder.file(`x-ray ${n}.camera.json`))
    await writeFloat32Tiff(files.xrays[n], picture)
    await writeFile(files.cameras[n], JSON.stringify(camera))
  }
})
afterAll(async () => {
  blobs.dispose()
  await disposeRenderers()
})

const start = () => blobs.moved(smallTwist.map((value) => value / 2))

interface Run {
  readonly views?: number
  readonly settings?: object
  readonly xray?: string
  readonly onPhase?: (phase: string, cancel: () => void) => void
}

async function run({
  views = 1,
  settings = {},
  xray,
  onPhase = () => undefined,
}: Run = {}): Promise<RegisterOutput> {
  const input = registerInputSchema.parse({
    views: Array.from({ length: views }, (_, n) => ({
      xray: { path: xray ?? files.xrays[n], preprocessing: { autoMask: false } },
      camera: { kind: 'file', path: files.cameras[n] },
    })),
    volume: { path: files.volume },
    initial: { kind: 'pose', worldFromVolume: start() },
    attenuation: 'identity',
    // Of smooth blobs in air, local windows hold little but their epsilon.
    metric: 'ncc',
    finish: 'standard',
    confidence: 'none',
    threads: 2,
    ...settings,
  })
  const controller = new AbortController()
  return register(input, {
    signal: controller.signal,
    onEvent: () => undefined,
    onProgress: ({ phase }) => {
      onPhase(phase, () => {
        controller.abort()
      })
    },
  })
}

const errorMm = (pose: Matrix4) => poseDistanceMm(blobs.scene.problem, pose, blobs.truth)

describe('register', () => {
  it('finds the pose behind one X-ray with non-square pixels, and the same bits twice', async () => {
    const first = (await run()).result
    const again = (await run()).result
    expect(errorMm(first.initial.worldFromVolume)).toBeGreaterThan(5)
    const [x, y, depth] = centreOffsetMm(blobs.scene, first.final.worldFromVolume, blobs.truth)
    expect(Math.hypot(x, y)).toBeLessThan(0.1)
    expect(Math.abs(depth)).toBeLessThan(2)
    expect(again.final).toEqual(first.final)
    expect(again.trajectory.map(({ loss }) => loss)).toEqual(first.trajectory.map(({ loss }) => loss))
  })

  it('finds all three dimensions with two views, whatever the number of threads', async () => {
    const { result } = await run({ views: 2 })
    expect(errorMm(result.final.worldFromVolume)).toBeLessThan(0.2)
    const { result: alone } = await run({ views: 2, settings: { threads: 1 } })
    expect(alone.final).toEqual(result.final)
  })

  it('by Adam at the scales that were asked for', async () => {
    const settings = { optimizer: 'adam', scales: [2, 1.2], metric: 'mncc' }
    const { result } = await run({ views: 2, settings })
    expect(new Set(result.trajectory.map(({ stage }) => stage))).toEqual(new Set(['adam 33', 'adam 55']))
    expect(errorMm(result.final.worldFromVolume)).toBeLessThan(1)
  })

  it('by Levenberg-Marquardt at the scales that were asked for', async () => {
    const { result } = await run({ views: 2, settings: { scales: [2, 1.2] } })
    expect(new Set(result.trajectory.map(({ stage }) => stage))).toEqual(new Set(['33', '55']))
    expect(errorMm(result.final.worldFromVolume)).toBeLessThan(0.3)
  })

  it('by mutual information in an X-ray that shows attenuation dark, and says so', async () => {
    const xray = folder.file('dark.tiff')
    const { picture } = blobs.scene.views[0]
    await writeFloat32Tiff(xray, { ...picture, pixels: picture.pixels.map((value) => -value) })
    const { result } = await run({ xray, settings: { metric: 'mi' } })
    const [x, y] = centreOffsetMm(blobs.scene, result.final.worldFromVolume, blobs.truth)
    expect(Math.hypot(x, y)).toBeLessThan(0.3)
    expect(result.views[0].notes.join(' ')).toMatch(/contrast turned round/)
  })

  it('with an intensity curve where the X-ray is not linear', async () => {
    const xray = folder.file('gamma.tiff')
    const { picture } = blobs.scene.views[0]
    await writeFloat32Tiff(xray, { ...picture, pixels: picture.pixels.map((value) => value ** 0.6) })
    const plain = (await run({ xray })).result
    const curved = (await run({ xray, settings: { refineIntensity: true } })).result
    expect(curved.confidence.finalLoss).toBeLessThan(plain.confidence.finalLoss)
    expect(curved.views[0].notes.join(' ')).toMatch(/rising curve.* 17 % to \d/)
  })

  it('with intrinsics that are not quite right, which it improves and reports', async () => {
    const [truth, other] = blobs.scene.views.map(({ camera }) => camera)
    const stated = [changedCamera(truth, [0.015, 0, 0]), other]
    const views = stated.map((camera, n) => ({
      xray: { path: files.xrays[n], preprocessing: { autoMask: false } },
      camera: { kind: 'camera', camera },
    }))
    const { result } = await run({ settings: { views, refineIntrinsics: true } })
    const sdd = (n: number) => sourceToDetectorMm(result.views[n].camera) ?? 0
    const offBefore = Math.abs((sourceToDetectorMm(stated[0]) ?? 0) - 1000)
    expect(Math.abs(sdd(0) - 1000)).toBeLessThan(0.5 * offBefore)
    expect(result.views[0].notes.join(' ')).toMatch(/source-to-detector distance was refined from 1015\.1 to/)
  })

  it('refuses to refine what a single bone does not determine', async () => {
    const settings = { silhouetteMarginMm: 20, refineIntrinsics: true, refineIntensity: true }
    const { result } = await run({ settings })
    expect(result.warnings.join(' ')).toMatch(/intrinsics were not refined.*No intensity curve was fitted/)
    expect(result.views[0].camera.intrinsics).toEqual(blobs.scene.views[0].camera.intrinsics)
  })
})

describe('register, cancelled', () => {
  const settings = {
    confidence: 'full',
    refineIntensity: true,
    initial: { kind: 'search', sourceToIsocentreMm: 700, antipode: false },
  }

  it.each(['load', 'search', 'refine', 'unknowns', 'confidence', 'report'])(
    'while in phase %s, ends as cancelled and writes nothing',
    async (phase) => {
      const before = await readdir(folder.path)
      const running = run({
        settings,
        onPhase: (entered, cancel) => {
          if (entered === phase) cancel()
        },
      })
      const error: unknown = await running.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect(error).toMatchObject({ code: 'cancelled' })
      expect(await readdir(folder.path)).toEqual(before)
    },
  )

  it('has these phases and no others', async () => {
    const { result } = await run({ settings })
    expect(Object.keys(result.secondsPerPhase)).toEqual([
      'load',
      'search',
      'refine',
      'unknowns',
      'confidence',
      'report',
    ])
  })
})
