import type { CanvasSize } from './use-canvas.js'

/** How a picture lies in a view: `zoom` 1 fits it, the pan is in CSS pixels from the centre. */
export interface ViewTransform {
  readonly zoom: number
  readonly panX: number
  readonly panY: number
}

export const fittedView: ViewTransform = { zoom: 1, panX: 0, panY: 0 }

/** Where a picture of some size (in its own units) is drawn, in CSS pixels. */
export interface Placement {
  readonly left: number
  readonly top: number
  /** CSS pixels per picture unit. */
  readonly scale: number
}

/** The placement that fits the picture into the view, then applies zoom about the centre and pan. */
export function place(
  picture: { readonly width: number; readonly height: number },
  view: CanvasSize,
  transform: ViewTransform,
): Placement {
  const fit = Math.min(view.width / picture.width, view.height / picture.height)
  const scale = fit * transform.zoom
  return {
    left: view.width / 2 + transform.panX - (picture.width * scale) / 2,
    top: view.height / 2 + transform.panY - (picture.height * scale) / 2,
    scale,
  }
}

/** Zoomed by a drag of `dy` CSS pixels, downwards is closer; kept between 1/4 and 40 times. */
export function zoomedBy(transform: ViewTransform, dy: number): ViewTransform {
  const zoom = Math.min(40, Math.max(0.25, transform.zoom * Math.exp(dy * 0.008)))
  const factor = zoom / transform.zoom
  return { zoom, panX: transform.panX * factor, panY: transform.panY * factor }
}

export function pannedBy(transform: ViewTransform, dx: number, dy: number): ViewTransform {
  return { ...transform, panX: transform.panX + dx, panY: transform.panY + dy }
}
