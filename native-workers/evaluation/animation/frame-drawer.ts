import { type AnimationPanel } from '../../contract/operations/animate.js'
import { createRaster, figureFont, figurePicture, type Raster } from '../figure/canvas.js'
import { background, css, faint, text } from './colours.js'
import { type FrameLayout } from './frame-layout.js'
import { type ComparedPictures, panelPixels, panelTitles } from './panel-pictures.js'

/** What stands below the pictures of every frame. */
export interface FrameContent {
  readonly drawCurve: (context: Raster['context'], layout: FrameLayout, index: number) => void
  /** What is said of a frame, and which of all frames it is. */
  readonly words: (index: number) => { readonly facts: readonly string[]; readonly place: string }
}

/** The frames of one animation, drawn one after the other on the same raster. */
export class FrameDrawer {
  readonly raster: Raster

  constructor(
    private readonly layout: FrameLayout,
    private readonly panels: readonly AnimationPanel[],
    private readonly content: FrameContent,
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
    this.content.drawCurve(context, layout, index)
    this.drawWords(index)
  }

  private drawWords(index: number): void {
    const { context } = this.raster
    const { curve, figuresBaseline } = this.layout
    const { facts, place } = this.content.words(index)
    context.textAlign = 'right'
    context.fillStyle = css(faint)
    context.fillText(place, curve.left + curve.width, figuresBaseline)
    const room = curve.width - context.measureText(place).width - 20
    context.textAlign = 'left'
    context.fillStyle = css(text)
    context.fillText(facts.join('    '), curve.left, figuresBaseline, room)
  }
}
