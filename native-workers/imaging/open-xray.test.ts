import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { xraySourceSchema } from '../contract/operations/sources.js'
import { type OperationContext } from '../contract/progress.js'
import { openXray } from './open-xray.operation.js'
import { radiographBytes } from './testing/synthetic-xray.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { writePng } from './write-picture.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context: OperationContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const pixels = Uint16Array.from({ length: 12 }, (_, index) => index * 300)

describe('openXray', () => {
  it('gives picture, mask, tags and the camera of the tags', async () => {
    const path = folder.file('röntgen.dcm')
    await writeFile(
      path,
      radiographBytes({ DistanceSourceToDetector: 1000, ImagerPixelSpacing: [0.5, 0.5] }, pixels),
    )
    const output = await openXray({ xray: xraySourceSchema.parse({ path }) }, context)
    expect(output.name).toBe('röntgen.dcm')
    expect(output.camera?.intrinsics[0][0]).toBe(2000)
    expect([output.picture.width, output.picture.height, output.validPixelFraction]).toEqual([4, 3, 1])
    expect([output.picture.pixels[0], output.picture.pixels[11]]).toEqual([0, 1])
  })

  it('without geometry the camera is null, and an issue says what is missing', async () => {
    const path = folder.file('plain.png')
    await writePng(path, { width: 4, height: 3, pixels })
    const output = await openXray({ xray: xraySourceSchema.parse({ path }) }, context)
    expect(output.camera).toBeNull()
    expect(output.issues[0]).toMatchObject({
      code: 'missing-spacing',
      message: expect.stringMatching(
        /does not state the source-to-detector distance and the detector's pixel spacing\.$/,
      ) as string,
    })
    const camera = { kind: 'numbers', sddMm: 800, pixelSpacingMm: [0.4, 0.4] } as const
    const known = await openXray({ xray: xraySourceSchema.parse({ path }), camera }, context)
    expect(known.camera?.intrinsics[0][0]).toBe(2000)
  })

  it('a mask picture decides the valid pixels; another size is refused', async () => {
    const path = folder.file('plain.png')
    const maskPath = folder.file('maske.png')
    await writePng(path, { width: 4, height: 3, pixels })
    await writePng(maskPath, {
      width: 4,
      height: 3,
      pixels: Uint8Array.from(pixels, (_, index) => (index < 6 ? 9 : 0)),
    })
    const source = xraySourceSchema.parse({ path, maskPath })
    expect((await openXray({ xray: source }, context)).validPixelFraction).toBe(0.5)
    await writePng(maskPath, { width: 3, height: 3, pixels: new Uint8Array(9).fill(1) })
    await expect(openXray({ xray: source }, context)).rejects.toMatchObject({ code: 'input-invalid' })
  })
})
