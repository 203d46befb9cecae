import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerInputSchema } from '../../contract/operations/register.js'
import { type RegisterSequenceInput } from '../../contract/operations/register-sequence.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { dicomBytes } from '../../imaging/testing/synthetic-dicom.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeVolume } from '../../imaging/write-volume.js'
import { blobVolume, obliqueGrid } from '../../rendering/testing/analytic-volumes.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { cameraFromVolume } from '../pose-problem.js'
import { type BlobScene, blobScene, centreOffsetMm } from '../testing/blob-scene.js'
import { registerSequence } from './register-sequence.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
/** Moves 3 mm along the columns and turns 2 degrees about the rows from frame to frame. */
const motion = (frame: number) => [0, (frame * 2 * Math.PI) / 180, 0, 3 * frame, 0, 0]
let blobs: BlobScene
let request: RegisterSequenceInput

beforeAll(async () => {
  blobs = await blobScene({ fieldMm: 90 })
  const [{ camera, picture }] = blobs.scene.views
  const frames = [0, 1, 2].map((frame) =>
    blobs.scene.renderer.render({
      level: 0,
      camera,
      cameraFromVolume: cameraFromVolume(camera, blobs.moved(motion(frame))),
      method: 'trilinear',
    }),
  )
  const brightest = Math.max(...frames.flatMap((pixels) => [...pixels]))
  const pixels = Uint16Array.from(
    frames.flatMap((values) => [...values]),
    (value) => Math.round((value / brightest) * 60_000),
  )
  const { width, height } = picture
  const attributes = { Modality: 'RF', Rows: height, Columns: width, NumberOfFrames: 3 }
  await writeFile(folder.file('run.dcm'), dicomBytes(attributes, pixels))
  await writeFile(folder.file('run.camera.json'), JSON.stringify(camera))
  await writeVolume(folder.file('blobs.nrrd'), blobVolume(obliqueGrid))
  const registration = registerInputSchema.parse({
    views: [
      {
        xray: { path: folder.file('run.dcm'), preprocessing: { autoMask: false } },
        camera: { kind: 'file', path: folder.file('run.camera.json') },
      },
    ],
    volume: { path: folder.file('blobs.nrrd') },
    initial: { kind: 'pose', worldFromVolume: blobs.moved([0.02, -0.02, 0.02, 2, -1, 4]) },
    attenuation: 'identity',
    metric: 'ncc',
    finish: 'standard',
    confidence: 'none',
    threads: 2,
  })
  request = { registration, frames: 'all', folder: folder.file('run'), force: false }
})
afterAll(async () => {
  blobs.dispose()
  await disposeRenderers()
})

describe('registerSequence', () => {
  it('follows the motion, writes it down, and finds its work done the next time', async () => {
    const { sequence, keptFrames } = await registerSequence(request, quietContext())
    expect(keptFrames).toEqual([])
    for (const { frame, worldFromVolume } of sequence.frames) {
      const [x, y] = centreOffsetMm(blobs.scene, worldFromVolume, blobs.moved(motion(frame)))
      expect(Math.hypot(x, y)).toBeLessThan(0.2)
    }
    const [first, , last] = sequence.frames
    expect(last.positionMm[0] - first.positionMm[0]).toBeCloseTo(6, 0)
    expect(last.rotationDeg[1]).toBeCloseTo(4, 0)
    expect((await readdir(request.folder)).sort()).toEqual([
      ...['frame-0000', 'frame-0001', 'frame-0002'],
      ...['sequence.csv', 'sequence.json', 'trajectory.csv'],
    ])
    const rows = (await readFile(join(request.folder, 'sequence.csv'), 'utf8')).trim().split('\r\n')
    expect(rows).toHaveLength(4)
    expect(rows[0]).toContain('frame,verdict,expectedErrorMm,xMm')
    const trajectory = (await readFile(join(request.folder, 'trajectory.csv'), 'utf8')).split('\r\n')
    expect(new Set(trajectory.slice(1, -1).map((row) => row.split(',')[0]))).toEqual(new Set(['0', '1', '2']))

    await rm(join(request.folder, 'frame-0002'), { recursive: true })
    const again = await registerSequence(request, quietContext())
    expect(again.keptFrames).toEqual([0, 1])
    expect(again.sequence.frames.map(({ worldFromVolume }) => worldFromVolume)).toEqual(
      sequence.frames.map(({ worldFromVolume }) => worldFromVolume),
    )
  })

  it('keeps what was done before a cancel', async () => {
    const controller = new AbortController()
    const other = { ...request, folder: folder.file('cancelled') }
    const running = registerSequence(other, {
      ...quietContext(controller.signal),
      onEvent: (event) => {
        if (event.kind === 'log') controller.abort()
      },
    })
    await expect(running).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The operation was cancelled; 1 of 3 frames is done and kept.',
    })
    expect(await readdir(other.folder)).toEqual(['frame-0000'])
    const chosen = { ...other, frames: [0, 2] }
    expect((await registerSequence(chosen, quietContext())).keptFrames).toEqual([0])
  })

  it('replaces no other registration unless told to, and refuses frames that do not exist', async () => {
    const seeded = { ...request, frames: [0], registration: { ...request.registration, seed: 7 } }
    await expect(registerSequence(seeded, quietContext())).rejects.toMatchObject({ code: 'output-exists' })
    const { keptFrames } = await registerSequence({ ...seeded, force: true }, quietContext())
    expect(keptFrames).toEqual([])
    for (const frames of [[3], [1, 1]]) {
      await expect(registerSequence({ ...request, frames }, quietContext())).rejects.toMatchObject({
        code: 'input-invalid',
      })
    }
  })
})
