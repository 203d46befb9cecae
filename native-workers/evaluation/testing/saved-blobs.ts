import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Matrix4 } from '../../contract/matrix.js'
import { registerInputSchema } from '../../contract/operations/register.js'
import { writeFloat32Tiff } from '../../imaging/write-picture.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { register } from '../../registration/register.operation.js'
import { saveRegistration } from '../../registration/save-registration.operation.js'
import { blobScene, smallTwist } from '../../registration/testing/blob-scene.js'
import { blobVolume, obliqueGrid } from '../../rendering/testing/analytic-volumes.js'

/** What a test knows of the registration that `saveBlobRegistration` leaves in a folder. */
export interface SavedBlobs {
  /** Folder with result.json. */
  readonly resultFolder: string
  readonly volumePath: string
  readonly xrayPaths: readonly string[]
  readonly truth: Matrix4
}

/** Registers analytic blobs to their own pictures, as `isocenter register` would, and saves all in `folder`. */
export async function saveBlobRegistration(
  folder: string,
  { views = 1 }: { readonly views?: 1 | 2 } = {},
): Promise<SavedBlobs> {
  await mkdir(folder, { recursive: true })
  const blobs = await blobScene({ views, fieldMm: 90 })
  const volumePath = join(folder, 'blobs.nrrd')
  await writeVolume(volumePath, blobVolume(obliqueGrid))
  const sources: object[] = []
  const xrayPaths: string[] = []
  for (const [n, { camera, picture }] of blobs.scene.views.entries()) {
    const path = join(folder, `x-ray ${n + 1}.tiff`)
    const cameraPath = join(folder, `x-ray ${n + 1}.camera.json`)
    await writeFloat32Tiff(path, picture)
    await writeFile(cameraPath, JSON.stringify(camera))
    xrayPaths.push(path)
    sources.push({
      xray: { path, preprocessing: { autoMask: false } },
      camera: { kind: 'file', path: cameraPath },
    })
  }
  const input = registerInputSchema.parse({
    views: sources,
    volume: { path: volumePath },
    initial: { kind: 'pose', worldFromVolume: blobs.moved(smallTwist) },
    attenuation: 'identity',
    metric: 'ncc',
    finish: 'standard',
    confidence: 'none',
    threads: 1,
  })
  const context = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onEvent: () => undefined,
  }
  const output = await register(input, context)
  const resultFolder = join(folder, 'result')
  await saveRegistration({ output, folder: resultFolder }, context)
  const truth = blobs.truth
  blobs.dispose()
  return { resultFolder, volumePath, xrayPaths, truth }
}
