import { type AnimationPanel } from '../../contract/operations/animate.js'
import { createRaster, figureFont, figurePicture, type Raster } from '../figure/canvas.js'
import { background, css, faint, text } from './colours.js'
import { type FrameLayout } from './frame-layout.js'
import { drawLossCurve } from './loss-curve.js'
import { type ComparedPictures, panelPixels, panelTitles } from './panel-pictures.js'
import { type AnimationFrame } from './select-frames.js'

/** The frames of one animation, drawn one after the other on the same raster. */
export class FrameDrawer {
  readonly raster: Raster

  constructor(
    private readonly layout: FrameLayout,
    private readonly panels: readonly AnimationPanel[],
    private readonly frames: readonly AnimationFrame[],
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
    drawLossCurve(context, layout, this.frames, index)
    this.drawFigures(index)
  }

  /** Stage, render number, seconds and loss of the frame; what does not apply is left out. */
  private drawFigures(index: number): void {
    const { context } = this.raster
    const { stage, point } = this.frames[index]
    const words =
      point === null
        ? [stage === 'start' ? 'starting pose' : 'final pose']
        : [
            `stage ${stage}`,
            `render ${point.render}`,
            `${point.seconds.toFixed(1)} s`,
            `loss ${point.loss.toFixed(4)}`,
            ...(point.accepted ? [] : ['not accepted']),
          ]
    context.fillStyle = css(text)
    context.fillText(words.join('    '), this.layout.curve.left, this.layout.figuresBaseline)
    context.textAlign = 'right'
    context.fillStyle = css(faint)
    const { left, width } = this.layout.curve
    context.fillText(`${index + 1} / ${this.frames.length}`, left + width, this.layout.figuresBaseline)
  }
}
