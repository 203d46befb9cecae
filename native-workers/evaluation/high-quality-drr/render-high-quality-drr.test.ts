import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cameraSchema } from '../../contract/files/camera.js'
import { type RenderHighQualityDrrInput } from '../../contract/operations/high-quality-drr.js'
import { scaleCamera } from '../../geometry/camera.js'
import { multiply4 } from '../../geometry/matrix.js'
import { areaResample } from '../../imaging/picture/area-resample.js'
import { readXray } from '../../imaging/read-xray.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { DrrRenderer } from '../../rendering/cpu/drr-renderer.js'
import { blobVolume, obliqueGrid } from '../../rendering/testing/analytic-volumes.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { renderHighQualityDrr } from './render-high-quality-drr.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)

const requestFor = (outputPath: string, viewIndex = 0): RenderHighQualityDrrInput => ({
  scene: { kind: 'result', resultPath: saved.resultFolder, viewIndex },
  supersampling: 3,
  outputPath,
  threads: 1,
  force: false,
})

describe('renderHighQualityDrr', () => {
  it("is the mean of exact paths over each pixel, with the result's own geometry beside it", async () => {
    const path = folder.file('fine/drr.tiff')
    const report = await renderHighQualityDrr(requestFor(path), context)
    const opened = await openSavedRegistration(saved.resultFolder, context)
    const { camera } = opened.views[0]
    const { width, height } = camera.imageSize
    expect(report).toMatchObject({ width, height, warnings: [], isUpToDate: false })
    const renderer = await DrrRenderer.create([{ volume: blobVolume(obliqueGrid) }], { threads: 1 })
    const fine = scaleCamera(camera, 3 * width, 3 * height)
    const pose = opened.result.final.worldFromVolume
    const rays = renderer.render({
      level: 0,
      camera: fine,
      cameraFromVolume: multiply4(fine.cameraFromWorld, pose),
      method: 'siddon',
    })
    renderer.dispose()
    const valid = new Uint8Array(rays.length).fill(1)
    const expected = areaResample(
      { width: 3 * width, height: 3 * height, pixels: rays, valid },
      width,
      height,
    ).pixels
    const written = await readXray(path, 0)
    written.pixels.forEach((value, n) => {
      expect(Math.abs(value - expected[n])).toBeLessThan(1e-5 * report.maximum)
    })
    const beside = cameraSchema.parse(JSON.parse(await readFile(`${path}.camera.json`, 'utf8')))
    expect(beside).toEqual(camera)
  })

  it('writes DICOM with the detector of the result, and finds its work done the second time', async () => {
    const path = folder.file('fine.dcm')
    await renderHighQualityDrr(requestFor(path), context)
    const bytes = await readFile(path)
    const { detectorPitchMm, tags } = await readXray(path, 0)
    const [view] = (await openSavedRegistration(saved.resultFolder, context)).views
    expect(detectorPitchMm).toEqual(view.camera.pixelSpacingMm)
    expect(tags.sourceToDetectorMm).toBeCloseTo(
      view.camera.intrinsics[0][0] * (view.camera.pixelSpacingMm?.[0] ?? Number.NaN),
      6,
    )
    expect((await renderHighQualityDrr(requestFor(path), context)).isUpToDate).toBe(true)
    // The same DRR as a picture, beside it.
    expect((await renderHighQualityDrr(requestFor(folder.file('fine.png')), context)).isUpToDate).toBe(false)
    expect((await renderHighQualityDrr(requestFor(path), context)).isUpToDate).toBe(true)
    expect((await renderHighQualityDrr({ ...requestFor(path), force: true }, context)).isUpToDate).toBe(false)
    expect(await readFile(path)).toEqual(bytes)
  })

  it('refuses a view that is not there and an ending that is no format, and writes nothing when cancelled', async () => {
    const path = folder.file('nothing/drr.png')
    await expect(renderHighQualityDrr(requestFor(path, 1), context)).rejects.toThrow('no view 2')
    await expect(renderHighQualityDrr(requestFor(folder.file('drr.bmp')), context)).rejects.toMatchObject({
      code: 'input-invalid',
    })
    const controller = new AbortController()
    const cancelling = {
      ...context,
      signal: controller.signal,
      onProgress: ({ phase }: { readonly phase: string }) => {
        if (phase === 'render') controller.abort()
      },
    }
    await expect(renderHighQualityDrr(requestFor(path), cancelling)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await readdir(folder.path)).not.toContain('nothing')
  })
})
