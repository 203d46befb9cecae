import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { type Figure, figureFont, figurePicture, renderFigure } from './canvas.js'

const figure: Figure = {
  widthPoints: 144,
  heightPoints: 72,
  title: 'a < b & "c"',
  draw: (context) => {
    context.font = `10px "${figureFont}"`
    context.fillText('Größe |Δ| µm', 4, 14)
    context.drawImage(
      figurePicture((n) => (n % 2 === 0 ? [255, 0, 0] : [0, 0, 255]), 2, 1),
      72,
      0,
      72,
      72,
    )
  },
}

describe('@napi-rs/canvas, as this project relies on it', () => {
  it('measures text by the font that comes with the program', async () => {
    let width = 0
    await renderFigure(
      {
        ...figure,
        draw: (context) => {
          context.font = `1000px "${figureFont}"`
          width = context.measureText('W').width
        },
      },
      'svg',
    )
    // The advance of W in DejaVu Sans' hmtx table is 2025 of 2048 units.
    expect(width).toBeCloseTo((1000 * 2025) / 2048, 1)
  })

  it('draws a PNG of 300 dpi', async () => {
    const bytes = await renderFigure(figure, 'png')
    const { width, height, data, channels, resolution } = decode(bytes, { checkCrc: true })
    expect({ width, height, resolution }).toEqual({
      width: 600,
      height: 300,
      resolution: { x: 11811, y: 11811, unit: 1 },
    })
    const at = (x: number, y: number) => [...data.slice(channels * (y * width + x)).slice(0, 3)]
    expect([at(310, 150), at(590, 150), at(250, 290)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
      [255, 255, 255],
    ])
  })

  it('keeps text as text and pictures at their own resolution in SVG', async () => {
    const text = Buffer.from(await renderFigure(figure, 'svg')).toString('utf8')
    expect(text).toContain('width="144pt" height="72pt" viewBox="0 0 144 72"')
    expect(text).toContain('<title>a &lt; b &amp; "c"</title>')
    expect(text.replaceAll(/<[^>]*>|\s/g, '')).toContain('Größe|Δ|µm')
    expect(text).toMatch(/<image [^>]*width="2" height="1"/)
    expect(text).toContain(`font-family="${figureFont}, Verdana, sans-serif"`)
  })

  it('keeps text as text in PDF, with its font inside', async () => {
    const text = Buffer.from(await renderFigure(figure, 'pdf')).toString('latin1')
    expect(text).toMatch(/^%PDF-/)
    expect(text).toMatch(/\/MediaBox \[0 0 144 72\]/)
    expect(text).toMatch(/\/Type \/FontDescriptor[^]*DejaVuSans/)
    expect(text).toMatch(/\/Subtype \/Image/)
  })
})
