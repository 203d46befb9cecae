import { type Box } from './panel-picture.js'

/** What the layout has to know of a panel. */
export interface PanelShape {
  /** Height by width of its picture; null where it takes any. */
  readonly aspect: number | null
  readonly hasColourBar: boolean
}

export interface LayoutOptions {
  readonly columns: number
  readonly widthPoints: number
  readonly fontSizePoints: number
  /** A line with letter and caption over each panel. */
  readonly hasHeaders: boolean
  /** A line at the foot of the figure. */
  readonly hasFootnote: boolean
}

export interface PanelPlace {
  /** The picture's own box, in the middle of its cell. */
  readonly box: Box
  /** Where letter and caption stand; their baseline. */
  readonly header: { readonly left: number; readonly baseline: number; readonly width: number }
  readonly colourBar: Box | null
}

export interface FigureLayout {
  readonly widthPoints: number
  readonly heightPoints: number
  readonly places: readonly PanelPlace[]
  readonly footnote: { readonly left: number; readonly baseline: number; readonly width: number }
}

const [margin, columnGap, rowGap] = [3, 7, 8]
/** Shape of a row that holds only panels which take any. */
const freeAspect = 0.75
/** Taller pictures are made narrower than their column instead. */
const mostAspect = 1.5
/** In font sizes. */
const [headerLines, barLines, footnoteLines] = [1.5, 2.4, 1.7]
const barThickness = 0.55

/**
 * Panels in reading order in a grid of columns of equal width; a row is as high as its tallest picture asks for. All in
 * points.
 */
export function layOutFigure(shapes: readonly PanelShape[], options: LayoutOptions): FigureLayout {
  const { widthPoints, fontSizePoints: font, hasHeaders, hasFootnote } = options
  const columns = Math.min(options.columns, shapes.length)
  const cellWidth = (widthPoints - 2 * margin - (columns - 1) * columnGap) / columns
  const places: PanelPlace[] = []
  let top = margin
  for (let first = 0; first < shapes.length; first += columns) {
    const row = shapes.slice(first, first + columns)
    const aspects = row.map(({ aspect }) => aspect).filter((aspect) => aspect !== null)
    const height = cellWidth * Math.min(mostAspect, aspects.length === 0 ? freeAspect : Math.max(...aspects))
    const pictureTop = top + (hasHeaders ? headerLines * font : 0)
    for (const [column, { aspect, hasColourBar }] of row.entries()) {
      const left = margin + column * (cellWidth + columnGap)
      const box = fitted({ left, top: pictureTop, width: cellWidth, height }, aspect)
      places.push({
        box,
        header: { left: box.left, baseline: pictureTop - 0.4 * font, width: left + cellWidth - box.left },
        colourBar: hasColourBar
          ? {
              left: box.left,
              top: box.top + box.height + 0.45 * font,
              width: box.width,
              height: barThickness * font,
            }
          : null,
      })
    }
    const bar = row.some(({ hasColourBar }) => hasColourBar) ? barLines * font : 0
    top = pictureTop + height + bar + rowGap
  }
  const bottom = top - rowGap + (hasFootnote ? footnoteLines * font : 0)
  return {
    widthPoints,
    heightPoints: Math.ceil(bottom + margin),
    places,
    footnote: { left: margin, baseline: bottom - 0.3 * font, width: widthPoints - 2 * margin },
  }
}

/** The largest box of an aspect, in the middle of a cell's width and at its top. */
function fitted(cell: Box, aspect: number | null): Box {
  if (aspect === null) return cell
  const width = Math.min(cell.width, cell.height / aspect)
  return { ...cell, left: cell.left + (cell.width - width) / 2, width, height: width * aspect }
}
