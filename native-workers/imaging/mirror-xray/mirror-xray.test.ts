import { readdir, readFile, writeFile } from 'node:fs/promises'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Camera } from '../../contract/files/camera.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { parseOperationInput } from '../../contract/operations/parse-input.js'
import { cameraFromNumbers } from '../../geometry/camera.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { mirroredCamera } from '../../geometry/mirrored-camera.js'
import { readXray } from '../read-xray.js'
import { quietContext } from '../testing/quiet-context.js'
import { radiographBytes } from '../testing/synthetic-xray.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { writeFloat32Tiff, writeFloatImage } from '../write-picture.js'
import { mirrorXray } from './mirror-xray.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const camera: Camera = cameraFromNumbers({
  imageSize: { width: 4, height: 3 },
  sddMm: 1000,
  pixelSpacingMm: [0.2, 0.3],
  principalPoint: [1.25, 0.5],
})
const counts = [1, 2, 3, 4, 50, 60, 70, 80, 900, 1000, 1100, 1200]
const reversed = [4, 3, 2, 1, 80, 70, 60, 50, 1200, 1100, 1000, 900]

const run = (xrayPath: string, changes: Partial<OperationRequest<'mirror-xray'>> = {}) =>
  mirrorXray(
    parseOperationInput('mirror-xray', {
      xrayPath,
      camera: { kind: 'camera', camera },
      folder: folder.file('out'),
      caseName: 'x',
      force: true,
      ...changes,
    }),
    quietContext(),
  )

async function png(values: readonly number[], depth: 8 | 16): Promise<string> {
  const path = folder.file(`xray-${depth}.png`)
  const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values)
  await writeFile(path, encode({ width: 4, height: 3, data, channels: 1, depth }))
  return path
}

describe('mirror-xray', () => {
  it('reverses the columns of a 16-bit picture exactly and writes its camera', async () => {
    const output = await run(await png(counts, 16))
    expect([...(await readXray(output.xrayPath)).pixels]).toEqual(reversed)
    expect(output).toMatchObject({ format: 'PNG, 16 bits', warnings: [], isUpToDate: false })
    const written = await readCameraFile(output.cameraPath)
    expect(written).toEqual(JSON.parse(JSON.stringify(mirroredCamera(camera))))
    expect(written.intrinsics[0][2]).toBe(1.75)
  })

  it('mirrored twice gives the same picture and camera', async () => {
    const once = await run(await png(counts, 16))
    const twice = await run(once.xrayPath, {
      camera: { kind: 'file', path: once.cameraPath },
      caseName: 'xx',
    })
    expect([...(await readXray(twice.xrayPath)).pixels]).toEqual(counts)
    expect(twice.camera.intrinsics).toEqual(camera.intrinsics)
  })

  it.each(['.mha', '.nrrd', '.nii.gz', '.tiff'])(
    'keeps fractions and negative values of %s',
    async (ending) => {
      const pixels = Float32Array.from(counts, (value) => -value / 7)
      const path = folder.file(`float${ending}`)
      if (ending === '.tiff') await writeFloat32Tiff(path, { width: 4, height: 3, pixels })
      else await writeFloatImage(path, { width: 4, height: 3, pixels }, [0.25, 0.5])
      const { xrayPath } = await run(path)
      expect(xrayPath.endsWith(ending)).toBe(true)
      const mirrored = await readXray(xrayPath)
      expect(mirrored.pixels).toEqual(Float32Array.from(reversed, (value) => -value / 7))
      if (ending !== '.tiff') expect(mirrored.detectorPitchMm).toEqual([0.25, 0.5])
    },
  )

  it('writes DICOM as a picture with a camera from its tags, and says what is lost', async () => {
    const path = folder.file('xray.dcm')
    await writeFile(
      path,
      radiographBytes(
        {
          DistanceSourceToDetector: 1200,
          ImagerPixelSpacing: [0.3, 0.2],
          PixelIntensityRelationship: 'LOG',
        },
        Uint16Array.from(counts),
      ),
    )
    const output = await run(path, { camera: { kind: 'numbers' } })
    expect([...(await readXray(output.xrayPath)).pixels]).toEqual(reversed)
    expect(output.camera.intrinsics[0][0]).toBeCloseTo(6000, 9)
    expect(output.warnings).toEqual([
      expect.stringContaining('written as a picture (PNG, 16 bits)'),
      expect.stringContaining('do not linearize'),
    ])
  })

  it('is done once: the second run finds its outputs', async () => {
    const xrayPath = await png(
      counts.map((value) => value % 256),
      8,
    )
    const settings = { folder: folder.file('once'), force: false }
    const first = await run(xrayPath, settings)
    expect(first.format).toBe('PNG, 8 bits')
    expect(await run(xrayPath, settings)).toEqual({ ...first, isUpToDate: true })
    await writeFile(first.cameraPath, '{}')
    await expect(run(xrayPath, settings)).rejects.toMatchObject({ code: 'output-exists' })
    expect(await readFile(first.cameraPath, 'utf8')).toBe('{}')
  })

  it('refuses a camera of another picture and one that is not known, and writes nothing', async () => {
    const xrayPath = await png(counts, 16)
    const out = folder.file('refused')
    const other = { ...camera, imageSize: { width: 5, height: 3 } }
    await expect(
      run(xrayPath, { folder: out, camera: { kind: 'camera', camera: other } }),
    ).rejects.toMatchObject({ code: 'geometry-invalid' })
    await expect(run(xrayPath, { folder: out, camera: { kind: 'numbers' } })).rejects.toMatchObject({
      code: 'geometry-missing',
    })
    await expect(readdir(out)).rejects.toThrow('ENOENT')
  })
})
