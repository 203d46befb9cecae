import { decode as decodePng } from 'fast-png'
import { readFile } from 'node:fs/promises'
import { decode as decodeTiff } from 'tiff'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeFigureInputSchema, figureDesignSchema } from '../../contract/operations/figure.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { composeFigureFile } from './compose-figure.operation.js'
import { previewFigure } from './preview-figure.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)

const projection = (picture: string) => ({ content: { kind: 'projection', picture } })
const slice = (plane: string, positionMm?: number) => ({ content: { kind: 'slice', plane, positionMm } })
const small = { widthMm: 60, dotsPerInch: 100, fontSizePoints: 6 }

function compose(name: string, design: object, signal?: AbortSignal) {
  const input = composeFigureInputSchema.parse({
    resultPath: saved.resultFolder,
    outputPath: folder.file(name),
    design,
  })
  const context = quietContext()
  return composeFigureFile(input, signal === undefined ? context : { ...context, signal })
}

describe('composeFigure', () => {
  it('writes a PNG of the asked width with its resolution, once', async () => {
    const panels = ['xray', 'mask', 'initial', 'final', 'high-quality', 'edges', 'checkerboard', 'blend']
    const design = { ...small, panels: panels.map(projection), columns: 4 }
    const output = await compose('all.png', design)
    const { width, height, resolution } = decodePng(await readFile(output.file))
    expect({ width, height }).toEqual(output.pixels)
    expect(width).toBe(Math.round((60 / 25.4) * 100))
    expect(resolution).toEqual({ x: 3937, y: 3937, unit: 1 })
    expect(output.legend).toContain('(a) X-ray. (b) Mask on X-ray.')
    expect((await compose('all.png', design)).isUpToDate).toBe(true)
    expect((await compose('all.png', { ...design, letters: 'upper' })).legend).toContain('(H) Blend.')
  })

  it('writes a TIFF with the same pixels as the PNG, and its resolution', async () => {
    const design = { ...small, panels: [projection('xray'), projection('difference')], background: 'black' }
    const [png, tiff] = [await compose('pair.png', design), await compose('pair.tiff', design)]
    const fromPng = decodePng(await readFile(png.file))
    const [page] = decodeTiff(await readFile(tiff.file))
    expect([page.width, page.height, page.samplesPerPixel]).toEqual([fromPng.width, fromPng.height, 3])
    expect([page.xResolution, page.yResolution, page.resolutionUnit]).toEqual([100, 100, 2])
    const rgb = fromPng.data.filter((_, n) => fromPng.channels === 3 || n % 4 !== 3)
    expect(Buffer.compare(Buffer.from(Uint8Array.from(page.data)), Buffer.from(rgb))).toBe(0)
  })

  it('keeps captions, scale bars and the curve as text in SVG, and slices where they were asked for', async () => {
    const panels = [
      { ...projection('final'), caption: 'Nach der Registrierung' },
      slice('axial', 900.25),
      { content: { kind: 'curve' } },
    ]
    const output = await compose('text.svg', { ...small, widthMm: 120, panels })
    const text = (await readFile(output.file, 'utf8')).replaceAll(/<[^>]*>|\s/g, '')
    for (const part of ['NachderRegistrierung', 'Axial,z=900.3', 'similarity', 'renders', 'mm']) {
      expect(text).toContain(part)
    }
    expect(text).toContain('Scalebars:inprojectionsattheisocentre')
    const plain = await compose('plain.svg', {
      ...{ ...small, widthMm: 120, scaleBars: false, letters: 'none' },
      panels: [{ ...projection('final'), caption: '' }],
    })
    expect((await readFile(plain.file, 'utf8')).replaceAll(/<title>.*<\/title>/g, '')).not.toContain('<text')
  })

  it('refuses what is not there: an X-ray, a slice outside the CT, an ending', async () => {
    const second = [{ content: { kind: 'projection', picture: 'xray', viewIndex: 1 } }]
    await expect(compose('a.png', { panels: second })).rejects.toThrow('There is no X-ray 2')
    await expect(compose('a.png', { panels: [slice('coronal', 9000)] })).rejects.toThrow('outside the CT')
    await expect(compose('a.jpg', { panels: [projection('xray')] })).rejects.toMatchObject({
      code: 'format-unsupported',
    })
    const cancelled = compose('a.png', { panels: [projection('xray')] }, AbortSignal.abort())
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('previewFigure', () => {
  it('shows the same figure small, without its photograph, and says so', async () => {
    const design = figureDesignSchema.parse({
      ...{ ...small, dotsPerInch: 600 },
      panels: [projection('xray'), { content: { kind: 'scene' } }],
    })
    const preview = await previewFigure(
      { resultPath: saved.resultFolder, design, widthPixels: 300 },
      quietContext(),
    )
    expect(decodePng(preview.png).width).toBe(300)
    expect(preview.notes).toEqual(['The 3D photograph is taken when the figure is written.'])
  })
})
