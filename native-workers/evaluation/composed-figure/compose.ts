import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type FigureContent, type FigureDesign } from '../../contract/operations/figure.js'
import { loadLabels, type LabelMap } from '../../imaging/labels.js'
import { type Volume } from '../../imaging/volume.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { type Figure, type FigureContext, pointsPerInch } from '../figure/canvas.js'
import { applyStyle, drawLine } from '../figure/text.js'
import { type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { barSentences, legendText, panelLetter, usualCaption } from './captions.js'
import { drawDifferenceBar } from './difference-bar.js'
import { figureColours, type FigureColours } from './figure-colours.js'
import { type FigureLayout, layOutFigure, type PanelPlace } from './figure-layout.js'
import { type Box, type EdgeLetters, type PanelPicture } from './panel-picture.js'
import { ProjectionPictures, type ProjectionRequest } from './projection-pictures.js'
import { drawPlate, drawScaleBar } from './scale-bar.js'
import { scenePicture } from './scene-picture.js'
import { drawSimilarityCurve } from './similarity-curve.js'
import { sliceAspect, slicePicture, slicePositionMm } from './slice-picture.js'

export const millimetresPerInch = 25.4
/** Larger pictures than this show nothing more. */
const longestSide = 3000

export interface ComposeOptions {
  readonly quality: 'preview' | 'final'
  /** Of the pictures in the panels. */
  readonly dotsPerInch: number
  readonly signal: AbortSignal
  readonly onPanel: (index: number, fraction: number) => void
}

export interface ComposedFigure {
  readonly figure: Figure
  readonly legend: string
  readonly notes: readonly string[]
}

interface SliceData {
  readonly volume: Volume
  readonly labels: LabelMap | null
  readonly notes: readonly string[]
}

/** A panel with its picture; the curve has none, it is drawn as lines. */
interface DrawnPanel {
  readonly content: FigureContent
  readonly caption: string
  readonly place: PanelPlace
  readonly picture: PanelPicture | null
}

/**
 * Composes the panels of a saved registration into one figure. Errors: `input-invalid` (no such X-ray, a slice outside
 * the CT), those of `loadLabels`, `cancelled`.
 */
export async function composeFigure(
  saved: SavedRegistration,
  design: FigureDesign,
  { quality, dotsPerInch, signal, onPanel }: ComposeOptions,
): Promise<ComposedFigure> {
  const contents = design.panels.map(({ content }) => content)
  requireViews(contents, saved.views.length)
  const slices = contents.some(({ kind }) => kind === 'slice')
    ? await loadSlices(saved, design, signal)
    : null
  const positions = contents.map((content) =>
    content.kind === 'slice' && slices !== null
      ? slicePositionMm(slices.volume.grid, content.plane, content.positionMm, saved.result.isocentreMm)
      : null,
  )
  const showsSeveralViews = new Set(viewIndices(contents)).size > 1
  const usualCaptions = contents.map((content, index) =>
    usualCaption(content, showsSeveralViews, positions[index]),
  )
  const captions = design.panels.map(({ caption }, index) => caption ?? usualCaptions[index])
  const hasBars = (kind: FigureContent['kind']) =>
    design.scaleBars && contents.some((content) => content.kind === kind)
  const bars = { hasProjectionBars: hasBars('projection'), hasSliceBars: hasBars('slice') }
  const footnote = barSentences(bars).join(' ')
  const layout = layOutFigure(
    contents.map((content) => ({
      aspect: aspectOf(content, saved, slices),
      hasColourBar: design.colourBar && content.kind === 'projection' && content.picture === 'difference',
    })),
    {
      columns: design.columns,
      widthPoints: (design.widthMm / millimetresPerInch) * pointsPerInch,
      fontSizePoints: design.fontSizePoints,
      hasHeaders: design.letters !== 'none' || captions.some((caption) => caption !== ''),
      hasFootnote: footnote !== '',
    },
  )
  const pixelsPerPoint = dotsPerInch / pointsPerInch
  const projections = new ProjectionPictures(saved, quality, signal)
  const requestOf = (content: FigureContent & { kind: 'projection' }, box: Box): ProjectionRequest => ({
    ...{ picture: content.picture, viewIndex: content.viewIndex },
    ...{ size: pixelSize(box, pixelsPerPoint), pixelsPerPoint },
  })
  const colourScale = projections.differenceScale(
    contents.flatMap((content, index) =>
      content.kind === 'projection' ? [requestOf(content, layout.places[index].box)] : [],
    ),
  )
  const notes = [...(slices?.notes ?? [])]
  const panels: DrawnPanel[] = []
  for (const [index, content] of contents.entries()) {
    throwIfCancelled(signal)
    onPanel(index, 0)
    const place = layout.places[index]
    const tell = (fraction: number) => {
      onPanel(index, fraction)
    }
    let picture: PanelPicture | null = null
    switch (content.kind) {
      case 'projection':
        picture = await projections.draw(requestOf(content, place.box), colourScale, tell)
        break
      case 'slice':
        if (slices === null) break
        picture = slicePicture(
          slices.volume,
          slices.labels,
          { plane: content.plane, positionMm: positions[index] ?? 0 },
          design.slices,
          pixelSize(place.box, pixelsPerPoint),
        )
        break
      case 'scene': {
        const size = pixelSize(place.box, pixelsPerPoint)
        const taken = await scenePicture(saved, { size, background: design.background, quality, signal })
        picture = taken.picture
        if (taken.note !== null) notes.push(taken.note)
        break
      }
      case 'curve':
        break
    }
    panels.push({ content, caption: captions[index], place, picture })
  }
  return {
    figure: {
      widthPoints: layout.widthPoints,
      heightPoints: layout.heightPoints,
      title: 'Registration of a CT to X-rays',
      background: figureColours[design.background].background,
      draw: (context) => {
        for (const [index, panel] of panels.entries()) drawPanel(context, panel, index, saved, design)
        drawFootnote(context, layout, footnote, design)
      },
    },
    legend: legendText({ captions, usualCaptions, panels: design.panels, ...bars }, design),
    notes: [...new Set(notes)],
  }
}

const viewIndices = (contents: readonly FigureContent[]): readonly number[] =>
  contents.flatMap((content) => (content.kind === 'projection' ? [content.viewIndex] : []))

function requireViews(contents: readonly FigureContent[], count: number): void {
  for (const viewIndex of viewIndices(contents)) {
    if (viewIndex < count) continue
    throw new UserError(
      'input-invalid',
      `There is no X-ray ${viewIndex + 1}: the result has ${count === 1 ? 'one' : count}.`,
      'Choose another X-ray for that panel.',
    )
  }
}

async function loadSlices(
  saved: SavedRegistration,
  design: FigureDesign,
  signal: AbortSignal,
): Promise<SliceData> {
  const { volume } = await loadVolume(saved.input.volume, signal)
  const source = design.slices.labels
  if (source === undefined) return { volume, labels: null, notes: [] }
  const labels = await loadLabels(source, volume.grid, signal)
  return { volume, labels, notes: labels.issues.map(({ message }) => message) }
}

function aspectOf(
  content: FigureContent,
  { views }: SavedRegistration,
  slices: SliceData | null,
): number | null {
  if (content.kind === 'projection') {
    const { width, height } = views[content.viewIndex].picture
    return height / width
  }
  return content.kind === 'slice' && slices !== null ? sliceAspect(slices.volume.grid, content.plane) : null
}

function pixelSize({ width, height }: Box, pixelsPerPoint: number): { width: number; height: number } {
  const factor = Math.min(pixelsPerPoint, longestSide / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
}

function drawPanel(
  context: FigureContext,
  { content, caption, place, picture }: DrawnPanel,
  index: number,
  saved: SavedRegistration,
  design: FigureDesign,
): void {
  const colours = figureColours[design.background]
  const { fontSizePoints } = design
  const { box } = place
  drawHeader(context, panelLetter(index, design.letters), caption, place, fontSizePoints, colours)
  if (content.kind === 'curve') {
    drawSimilarityCurve(context, box, saved.result.trajectory, fontSizePoints, colours)
    return
  }
  if (picture === null) {
    drawMissing(context, box, fontSizePoints, colours)
    return
  }
  context.drawImage(picture.picture, box.left, box.top, box.width, box.height)
  context.lineWidth = 0.4
  context.strokeStyle = colours.faint
  context.strokeRect(box.left, box.top, box.width, box.height)
  if (picture.letters !== undefined) drawEdgeLetters(context, box, picture.letters, fontSizePoints)
  if (design.scaleBars && picture.widthMm !== null) {
    drawScaleBar(context, box, picture.widthMm, fontSizePoints)
  }
  if (place.colourBar !== null && picture.colourScale !== undefined) {
    drawDifferenceBar(context, place.colourBar, picture.colourScale, fontSizePoints, colours)
  }
}

function drawHeader(
  context: FigureContext,
  letter: string,
  caption: string,
  { header: { left, baseline, width } }: PanelPlace,
  fontSizePoints: number,
  { ink }: FigureColours,
): void {
  const letterStyle = { sizePoints: 1.1 * fontSizePoints, isBold: true, colour: ink }
  applyStyle(context, letterStyle)
  const indent = letter === '' ? 0 : context.measureText(letter).width + 0.5 * fontSizePoints
  if (letter !== '') context.fillText(letter, left, baseline)
  if (caption !== '') {
    const style = { sizePoints: fontSizePoints, colour: ink }
    drawLine(context, caption, left + indent, baseline, width - indent, style)
  }
}

/** Letters in the middle of the edges, on dark plates. */
function drawEdgeLetters(
  context: FigureContext,
  { left, top, width, height }: Box,
  letters: EdgeLetters,
  fontSizePoints: number,
): void {
  const font = 0.95 * fontSizePoints
  const [middleX, middleY, inset] = [left + width / 2, top + height / 2, 0.8 * font]
  const marks = [
    [letters.left, left + inset, middleY],
    [letters.right, left + width - inset, middleY],
    [letters.top, middleX, top + inset],
  ] as const
  for (const [letter, x, y] of marks) {
    drawPlate(context, { left: x - 0.6 * font, top: y - 0.65 * font, width: 1.2 * font, height: 1.3 * font })
    applyStyle(context, { sizePoints: font, colour: '#ffffff', align: 'center' })
    context.fillText(letter, x, y + 0.37 * font)
  }
}

function drawMissing(
  context: FigureContext,
  { left, top, width, height }: Box,
  fontSizePoints: number,
  { grid, faint }: FigureColours,
): void {
  context.fillStyle = grid
  context.fillRect(left, top, width, height)
  applyStyle(context, { sizePoints: fontSizePoints, colour: faint, align: 'center' })
  context.fillText('3D photograph', left + width / 2, top + height / 2)
}

function drawFootnote(
  context: FigureContext,
  { footnote: { left, baseline, width } }: FigureLayout,
  text: string,
  { fontSizePoints, background }: FigureDesign,
): void {
  if (text === '') return
  const style = { sizePoints: 0.9 * fontSizePoints, colour: figureColours[background].faint }
  drawLine(context, text, left, baseline, width, style)
}
