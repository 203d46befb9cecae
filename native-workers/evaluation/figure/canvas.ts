import {
  createCanvas,
  GlobalFonts,
  loadImage,
  PDFDocument,
  type SKRSContext2D,
  SvgExportFlag,
} from '@napi-rs/canvas'
import { createRequire } from 'node:module'
import { type FigureFormat } from '../../contract/operations/evaluate-registration.js'
import { withResolution } from './png-resolution.js'
import { tiffBytes } from './tiff-file.js'

type PageContext = ReturnType<PDFDocument['beginPage']>
/** What a figure is drawn with: Canvas 2D in points (1/72 inch), origin top left. */
export type FigureContext = PageContext & Pick<SKRSContext2D, 'drawImage'>
export type FigurePicture = Parameters<FigureContext['drawImage']>[0]

export interface Figure {
  readonly widthPoints: number
  readonly heightPoints: number
  readonly title: string
  /** White when absent. */
  readonly background?: string
  readonly draw: (context: FigureContext) => void
}

export const figureFont = 'DejaVu Sans'
/** What a figure is written as. */
export type RenderedFormat = FigureFormat | 'tiff'
const usualDotsPerInch = 300
export const pointsPerInch = 72

let fontsAreReady = false

/** Text looks and measures alike on every machine: the fonts come with the program. */
function prepareFonts(): void {
  if (fontsAreReady) return
  const { resolve } = createRequire(import.meta.url)
  for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']) {
    if (GlobalFonts.registerFromPath(resolve(`dejavu-fonts-ttf/ttf/${file}`), figureFont) === null) {
      throw new Error(`The font ${file} could not be read.`)
    }
  }
  fontsAreReady = true
}

/** A picture to be drawn into a figure, at its own resolution in SVG and PDF; opaque red, green, blue, 0..255. */
export function figurePicture(
  rgb: (pixel: number) => readonly [number, number, number],
  width: number,
  height: number,
): FigurePicture {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  for (let n = 0; n < width * height; n++) {
    image.data.set(rgb(n), 4 * n)
    image.data[4 * n + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return canvas
}

/** A PNG, JPEG or other encoded picture, to be drawn into a figure. */
export const decodedPicture = (bytes: Uint8Array): Promise<FigurePicture> => loadImage(bytes)

/** A picture drawn pixel by pixel, for screens: frames of an animation. */
export interface Raster {
  /** One unit to a pixel, origin top left. */
  readonly context: SKRSContext2D
  /** Red, green, blue, alpha 0..255 of every pixel as drawn so far. */
  rgba(): Uint8ClampedArray
  png(): Promise<Uint8Array>
}

export function createRaster(width: number, height: number): Raster {
  prepareFonts()
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  return {
    context,
    rgba: () => context.getImageData(0, 0, width, height).data,
    png: () => canvas.encode('png'),
  }
}

/** Draws a figure: PNG or TIFF at the given resolution, or SVG or PDF whose text stays text. */
export async function renderFigure(
  figure: Figure,
  format: RenderedFormat,
  dotsPerInch = usualDotsPerInch,
): Promise<Uint8Array> {
  prepareFonts()
  switch (format) {
    case 'png':
      return withResolution(await rasterized(figure, dotsPerInch).encode('png'), dotsPerInch)
    case 'tiff': {
      const canvas = rasterized(figure, dotsPerInch)
      const { width, height } = canvas
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
      return tiffBytes({ width, height, rgba: data, dotsPerInch })
    }
    case 'svg':
      return renderSvg(figure)
    case 'pdf':
      return renderPdf(figure)
  }
}

/** Pixels of a figure's side at a resolution. */
export const pixelsOf = (points: number, dotsPerInch: number): number =>
  Math.round((points / pointsPerInch) * dotsPerInch)

function rasterized(figure: Figure, dotsPerInch: number) {
  const { widthPoints, heightPoints } = figure
  const canvas = createCanvas(pixelsOf(widthPoints, dotsPerInch), pixelsOf(heightPoints, dotsPerInch))
  const context = canvas.getContext('2d')
  context.scale(dotsPerInch / pointsPerInch, dotsPerInch / pointsPerInch)
  drawOnBackground(figure, context)
  return canvas
}

function renderSvg(figure: Figure): Uint8Array {
  const { widthPoints, heightPoints } = figure
  const canvas = createCanvas(widthPoints, heightPoints, SvgExportFlag.RelativePathEncoding)
  drawOnBackground(figure, canvas.getContext('2d'))
  const text = canvas
    .getContent()
    .toString('utf8')
    .replace(
      / width="[\d.]+" height="[\d.]+">/,
      ` width="${widthPoints}pt" height="${heightPoints}pt" viewBox="0 0 ${widthPoints} ${heightPoints}"><title>${escaped(figure.title)}</title>`,
    )
    // Every glyph has its place, so that a viewer without the font keeps the layout with one like it.
    .replaceAll(`font-family="${figureFont}"`, `font-family="${figureFont}, Verdana, sans-serif"`)
  return Buffer.from(text)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character])

function renderPdf(figure: Figure): Uint8Array {
  const document = new PDFDocument({ title: figure.title, creator: 'Isocenter' })
  const context = document.beginPage(figure.widthPoints, figure.heightPoints)
  if (!drawsPictures(context)) throw new Error('The PDF page of @napi-rs/canvas draws no pictures any more.')
  drawOnBackground(figure, context)
  document.endPage()
  return document.close()
}

/** The package's types leave out what its pages can. */
function drawsPictures(context: PageContext): context is FigureContext {
  return 'drawImage' in context
}

function drawOnBackground(figure: Figure, context: FigureContext): void {
  const { widthPoints, heightPoints, background = '#ffffff', draw } = figure
  context.fillStyle = background
  context.fillRect(0, 0, widthPoints, heightPoints)
  context.fillStyle = '#000000'
  draw(context)
}
