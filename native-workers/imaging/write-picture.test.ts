import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode as decodePng } from 'fast-png'
import { decode as decodeTiff } from 'tiff'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readXray } from './read-xray.js'
import { toUint16, writeFloat32Tiff, writeFloatImage, writePng } from './write-picture.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'Bilder für alle '))
})
afterAll(() => rm(folder, { recursive: true }))

const pixels = Float32Array.of(0.1, -7.25, 1e-8, 3.5e6, 0, 42)
const picture = { width: 3, height: 2, pixels }

describe('writing pictures', () => {
  it('keeps float32 values in a TIFF that two decoders read', async () => {
    const path = join(folder, 'überlagert.tiff')
    await writeFloat32Tiff(path, picture)
    const [page] = decodeTiff(await readFile(path))
    expect([page.width, page.height, page.data]).toEqual([3, 2, pixels])
    expect((await readXray(path)).pixels).toEqual(pixels)
  })

  it.each(['.mha', '.nrrd'])('keeps float32 values in %s', async (ending) => {
    const path = join(folder, `drr${ending}`)
    await writeFloatImage(path, picture, [0.2, 0.3])
    const image = await readXray(path)
    expect([image.width, image.height]).toEqual([3, 2])
    expect(image.pixels).toEqual(pixels)
    expect(image.detectorPitchMm).toEqual([0.2, 0.3])
  })

  it('writes 8-bit colours and 16-bit grey as PNG', async () => {
    const path = join(folder, 'bild.png')
    const colours = Uint8Array.from({ length: 18 }, (_, index) => index * 14)
    await writePng(path, { width: 3, height: 2, channels: 3, pixels: colours })
    expect(decodePng(await readFile(path)).data).toEqual(colours)
    const grey = toUint16({ width: 3, height: 1, pixels: Float32Array.of(-1, 0, 3) })
    expect(grey).toEqual({ pixels: Uint16Array.of(0, 16384, 65535), minimum: -1, maximum: 3 })
    await writePng(path, { width: 3, height: 1, pixels: grey.pixels })
    expect((await readXray(path)).pixels).toEqual(Float32Array.from(grey.pixels))
  })

  it('leaves no temporary file and names the folder that is missing', async () => {
    await expect(
      writePng(join(folder, 'absent', 'x.png'), { width: 1, height: 1, pixels: Uint8Array.of(1) }),
    ).rejects.toMatchObject({ code: 'output-unwritable' })
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
