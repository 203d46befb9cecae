import { type Raster } from '../figure/canvas.js'
import { blue, css, faint, orange } from './colours.js'
import { type FrameContent } from './frame-drawer.js'
import { type FrameLayout } from './frame-layout.js'

/** What is said of one frame of a multi-frame X-ray. */
export interface SequenceFrame {
  readonly name: string
  readonly verdict: string
  /** Null where the result holds none. */
  readonly similarity: number | null
}

/** Room above and below the curve, in shares of its height. */
const headroom = 0.12

/** The similarity of every frame of an X-ray film, and the name, verdict and similarity of each. */
export function sequenceContent(frames: readonly SequenceFrame[]): FrameContent {
  return {
    drawCurve: (context, layout, index) => {
      drawSimilarities(context, layout, frames, index)
    },
    words: (index) => {
      const { name, verdict, similarity } = frames[index]
      const measured = similarity === null ? [] : [`similarity ${similarity.toFixed(3)}`]
      return { facts: [name, verdict, ...measured], place: `frame ${index + 1} / ${frames.length}` }
    },
  }
}

/** The similarity of every frame's answer, and a marker at the frame of the moment. */
function drawSimilarities(
  context: Raster['context'],
  { curve, fontPixels }: FrameLayout,
  frames: readonly SequenceFrame[],
  index: number,
): void {
  const known = frames.flatMap(({ similarity }) => (similarity === null ? [] : [similarity]))
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const x = (frame: number) => curve.left + (frame / Math.max(1, frames.length - 1)) * curve.width
  const y = (value: number) => {
    const share = high > low ? (high - value) / (high - low) : 0.5
    return curve.top + curve.height * (headroom + (1 - 2 * headroom) * share)
  }
  context.strokeStyle = css(faint)
  context.lineWidth = 1
  context.strokeRect(curve.left + 0.5, curve.top + 0.5, curve.width - 1, curve.height - 1)
  context.fillStyle = css(faint)
  context.textAlign = 'right'
  if (known.length > 0) {
    context.fillText(high.toFixed(2), curve.left - 6, y(high) + 0.35 * fontPixels)
    if (high > low) context.fillText(low.toFixed(2), curve.left - 6, y(low) + 0.35 * fontPixels)
  }
  context.fillText('similarity', curve.left + curve.width - 6, curve.top + 1.3 * fontPixels)
  context.strokeStyle = css(blue)
  context.lineWidth = 1.5
  context.beginPath()
  frames.forEach(({ similarity }, frame) => {
    if (similarity !== null) context.lineTo(x(frame), y(similarity))
  })
  context.stroke()
  context.strokeStyle = css(orange)
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(x(index), curve.top)
  context.lineTo(x(index), curve.top + curve.height)
  context.stroke()
}
