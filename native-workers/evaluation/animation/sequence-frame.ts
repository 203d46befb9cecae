import { type AnimationPanel } from '../../contract/operations/animate.js'
import { createRaster, figureFont, figurePicture, type Raster } from '../figure/canvas.js'
import { background, blue, css, faint, orange, text } from './colours.js'
import { type FrameLayout } from './frame-layout.js'
import { type ComparedPictures, panelPixels, panelTitles } from './panel-pictures.js'

/** What is said of one frame of a multi-frame X-ray. */
export interface SequenceFrame {
  readonly name: string
  readonly verdict: string
  /** Null where the result holds none. */
  readonly similarity: number | null
}

/** Room above and below the curve, in shares of its height. */
const headroom = 0.12

/** The frames of an X-ray film with their registrations, drawn one after the other on the same raster. */
export class SequenceDrawer {
  readonly raster: Raster

  constructor(
    private readonly layout: FrameLayout,
    private readonly panels: readonly AnimationPanel[],
    private readonly frames: readonly SequenceFrame[],
  ) {
    this.raster = createRaster(layout.width, layout.height)
  }

  draw(index: number, pictures: ComparedPictures): void {
    const { layout, panels } = this
    const { context } = this.raster
    const { panel, panelLefts, fontPixels } = layout
    context.fillStyle = css(background)
    context.fillRect(0, 0, layout.width, layout.height)
    context.font = `${fontPixels}px "${figureFont}"`
    context.textAlign = 'left'
    context.fillStyle = css(text)
    panels.forEach((name, n) => {
      context.fillText(panelTitles[name], panelLefts[n], layout.captionBaseline, panel.width)
      const { width, height } = pictures.xray
      const picture = figurePicture(panelPixels(name, pictures), width, height)
      context.drawImage(picture, panelLefts[n], panel.top, panel.width, panel.height)
    })
    this.drawCurve(index)
    this.drawWords(index)
  }

  /** The similarity of every frame's answer, and a marker at the frame of the moment. */
  private drawCurve(index: number): void {
    const { context } = this.raster
    const { frames } = this
    const { curve, fontPixels } = this.layout
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

  private drawWords(index: number): void {
    const { context } = this.raster
    const { curve, figuresBaseline } = this.layout
    const { name, verdict, similarity } = this.frames[index]
    const words = [name, verdict, ...(similarity === null ? [] : [`similarity ${similarity.toFixed(3)}`])]
    const count = `frame ${index + 1} / ${this.frames.length}`
    context.textAlign = 'right'
    context.fillStyle = css(faint)
    context.fillText(count, curve.left + curve.width, figuresBaseline)
    const room = curve.width - context.measureText(count).width - 20
    context.textAlign = 'left'
    context.fillStyle = css(text)
    context.fillText(words.join('    '), curve.left, figuresBaseline, room)
  }
}
