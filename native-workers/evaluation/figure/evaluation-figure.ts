import { cannyEdges } from '../metrics/edges/canny.js'
import { type Figure, type FigureContext, figurePicture } from './canvas.js'
import { drawColourBar } from './colour-bar.js'
import { differenceScale } from './difference-scale.js'
import { drrTitles, type EvaluationFigureData } from './figure-data.js'
import { drawHeader, headerLines } from './figure-header.js'
import { drawMetricsTable, metricsTableHeight } from './metrics-table.js'
import { drawLine } from './text.js'
import { viridis } from './viridis.js'

const widthPoints = 864
const margin = { left: 28, right: 76, top: 40, bottom: 24 }
const columnGap = 14
const columnCount = 4
const columnWidth = (widthPoints - margin.left - margin.right - (columnCount - 1) * columnGap) / columnCount
const mostPictureHeight = 250
const rowTitleHeight = 20
const rowGap = 12
const notComparedColour = [217, 217, 217] as const
const edgeColour = [255, 140, 0] as const

/**
 * The evaluation figure of one view: X-ray, initial, final and high-quality DRR; the final DRR's edges over the X-ray
 * and the absolute differences on one scale; the metrics, the verdict and, where the truth is known, the errors.
 */
export function evaluationFigure(data: EvaluationFigureData): Figure {
  const { width, height } = data.evaluation
  const pictureHeight = Math.min(mostPictureHeight, (columnWidth * height) / width)
  const pictureSize = { width: (pictureHeight * width) / height, height: pictureHeight }
  const firstRow = margin.top + headerLines(data).length * 14 + rowTitleHeight + 12
  const secondRow = firstRow + pictureHeight + rowGap + rowTitleHeight
  const table = secondRow + pictureHeight + rowGap + 8
  const columnLeft = (column: number) => margin.left + column * (columnWidth + columnGap)
  const place = (column: number, top: number) => ({
    left: columnLeft(column) + (columnWidth - pictureSize.width) / 2,
    top,
    ...pictureSize,
  })
  return {
    widthPoints,
    heightPoints: Math.ceil(table + metricsTableHeight(data) + margin.bottom),
    title: data.title,
    draw: (context) => {
      drawHeader(context, data, { left: margin.left, top: margin.top, width: widthPoints - 2 * margin.left })
      const title = (text: string, column: number, top: number) => {
        const middle = columnLeft(column) + columnWidth / 2
        const style = { sizePoints: 11, isBold: true, align: 'center' } as const
        drawLine(context, text, middle, top - 7, columnWidth, style)
      }
      const grey = (levels: Uint8Array) =>
        figurePicture((n) => [levels[n], levels[n], levels[n]], width, height)
      title('X-ray', 0, firstRow)
      drawFramed(context, grey(data.xray), place(0, firstRow))
      title('Final edges on X-ray', 0, secondRow)
      drawFramed(context, edgesOverXray(data), place(0, secondRow))
      const scale = differenceScale(data)
      for (const [index, { drr, levels }] of data.drrs.entries()) {
        title(drrTitles[drr], index + 1, firstRow)
        drawFramed(context, grey(levels), place(index + 1, firstRow))
        title('|X-ray − DRR|', index + 1, secondRow)
        const difference = figurePicture(
          (n) =>
            data.valid[n] === 0
              ? notComparedColour
              : viridis(Math.abs(data.xray[n] - levels[n]) / scale.greatest),
          width,
          height,
        )
        drawFramed(context, difference, place(index + 1, secondRow))
      }
      const bar = { left: widthPoints - margin.right + 14, top: secondRow, width: 10, height: pictureHeight }
      drawColourBar(context, bar, scale, 'grey levels')
      drawMetricsTable(context, data, {
        top: table,
        left: margin.left,
        right: columnLeft(columnCount - 1) + columnWidth,
        columnMiddles: data.drrs.map((_, index) => columnLeft(index + 1) + columnWidth / 2),
        columnWidth,
      })
    },
  }
}

function edgesOverXray({ xray, valid, drrs, evaluation }: EvaluationFigureData) {
  const { width, height } = evaluation
  const final = drrs.find(({ drr }) => drr === 'final')
  const shares = Float64Array.from(final?.levels ?? [], (level) => level / 255)
  const edges = cannyEdges(shares, width, height, valid)
  return figurePicture((n) => (edges[n] === 1 ? edgeColour : [xray[n], xray[n], xray[n]]), width, height)
}

function drawFramed(
  context: FigureContext,
  picture: ReturnType<typeof figurePicture>,
  place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): void {
  context.drawImage(picture, place.left, place.top, place.width, place.height)
  context.lineWidth = 0.5
  context.strokeStyle = '#57606a'
  context.strokeRect(place.left, place.top, place.width, place.height)
}
