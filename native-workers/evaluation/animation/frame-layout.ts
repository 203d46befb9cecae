/** Places in a frame, in pixels. */
export interface FrameLayout {
  readonly width: number
  readonly height: number
  readonly panel: { readonly width: number; readonly height: number; readonly top: number }
  /** Left edge of each panel. */
  readonly panelLefts: readonly number[]
  readonly curve: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  /** Baseline of the captions above the panels, and of the line of figures below. */
  readonly captionBaseline: number
  readonly figuresBaseline: number
  readonly fontPixels: number
}

const usualPanelWidth = 384
/** Shares of the panel's width. */
const [marginShare, fontShare, curveShare] = [0.025, 0.036, 0.3]
const leastFontPixels = 9

/**
 * Panels side by side, the curve beneath, a line of figures under it. Both sides of the frame are even, which video
 * codecs ask for.
 */
export function layOutFrame(
  panelCount: number,
  { width: pictureWidth, height: pictureHeight }: { readonly width: number; readonly height: number },
  wantedWidth = usualPanelWidth * panelCount,
): FrameLayout {
  const width = even(wantedWidth)
  const margin = Math.max(4, Math.round((marginShare * width) / panelCount))
  const panelWidth = Math.floor((width - margin * (panelCount + 1)) / panelCount)
  const panelHeight = Math.max(1, Math.round((panelWidth * pictureHeight) / pictureWidth))
  const fontPixels = Math.max(leastFontPixels, Math.round(fontShare * panelWidth))
  const line = Math.round(1.6 * fontPixels)
  const top = margin + line
  const curveTop = top + panelHeight + margin + Math.round(0.6 * fontPixels)
  const curveHeight = Math.round(curveShare * panelWidth)
  const figuresBaseline = curveTop + curveHeight + 2 * line
  // The axis' numbers stand left of the curve.
  const curveLeft = margin + Math.round(4 * fontPixels)
  return {
    width,
    height: even(figuresBaseline + margin),
    panel: { width: panelWidth, height: panelHeight, top },
    panelLefts: Array.from({ length: panelCount }, (_, n) => margin + n * (panelWidth + margin)),
    curve: { left: curveLeft, top: curveTop, width: width - margin - curveLeft, height: curveHeight },
    captionBaseline: margin + fontPixels,
    figuresBaseline,
    fontPixels,
  }
}

const even = (pixels: number): number => 2 * Math.ceil(pixels / 2)
