import { rename, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { openSavedRegistration, renderSavedView } from './open-saved-registration.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = { signal: new AbortController().signal, onProgress: () => undefined }
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)

/** Normalised cross-correlation. */
function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let n = 0; n < a.length; n++) {
    ab += (a[n] - meanA) * (b[n] - meanB)
    aa += (a[n] - meanA) ** 2
    bb += (b[n] - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

describe('openSavedRegistration', () => {
  it('shows the X-ray and a DRR that is like it at the final pose, less so at the start', async () => {
    const opened = await openSavedRegistration(saved.resultFolder, context)
    const [{ picture }] = opened.views
    const at = (pose: typeof saved.truth) =>
      correlation(renderSavedView(opened, 0, pose, picture), picture.pixels)
    expect(at(opened.result.final.worldFromVolume)).toBeGreaterThan(0.99)
    expect(at(opened.result.initial.worldFromVolume)).toBeLessThan(
      at(opened.result.final.worldFromVolume) - 0.01,
    )
  })

  it('finds inputs that moved along with the result, and refuses a changed X-ray', async () => {
    const elsewhere = folder.file('elsewhere')
    await mkdir(elsewhere)
    await rename(saved.xrayPaths[0], join(elsewhere, 'moved away'))
    await expect(openSavedRegistration(saved.resultFolder, context)).rejects.toMatchObject({
      code: 'file-not-found',
    })
    const beside = join(saved.resultFolder, 'x-ray 1.tiff')
    await rename(join(elsewhere, 'moved away'), beside)
    expect((await openSavedRegistration(saved.resultFolder, context)).views[0].xray.path).toBe(beside)
    const bytes = await readFile(beside)
    bytes[bytes.length - 1] ^= 1
    await writeFile(beside, bytes)
    await expect(openSavedRegistration(saved.resultFolder, context)).rejects.toThrow('its content differs')
  })

  it('refuses what is no result', async () => {
    const path = folder.file('no-result.json')
    await writeFile(path, '{ "schema": "isocenter/pose@1" }')
    await expect(openSavedRegistration(path, context)).rejects.toThrow('is not the result of a registration')
    await writeFile(path, 'neither')
    await expect(openSavedRegistration(path, context)).rejects.toThrow('it is no JSON')
  })
})
