import type { Vector2 } from '../../native-workers/contract/matrix.js'

/** Which pixels of an X-ray count: 1, or 0 where they are left out; top row first, before any crop. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly valid: Uint8Array
}

export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Pixels that changed sides within a box; doing it twice changes nothing. */
export interface MaskFlip extends PixelBox {
  readonly flips: Uint8Array
}

/** The mask of the whole X-ray from that of its crop, of which `crop` pixels per dimension were cut off, half on each side. */
export function uncroppedMask(
  picture: { readonly width: number; readonly height: number; readonly valid: Uint8Array },
  crop: number,
): Mask {
  const offset = Math.floor(crop / 2)
  const [width, height] = [picture.width + crop, picture.height + crop]
  const valid = new Uint8Array(width * height)
  for (let y = 0; y < picture.height; y++) {
    const row = picture.valid.subarray(y * picture.width, (y + 1) * picture.width)
    valid.set(row, (y + offset) * width + offset)
  }
  return { width, height, valid }
}

/** The part of a box that lies in the mask, in whole pixels; null where none does. */
function clipped(
  { width, height }: Mask,
  left: number,
  top: number,
  right: number,
  bottom: number,
): PixelBox | null {
  const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))]
  const [x1, y1] = [Math.min(width, Math.ceil(right) + 1), Math.min(height, Math.ceil(bottom) + 1)]
  return x1 > x0 && y1 > y0 ? { left: x0, top: y0, width: x1 - x0, height: y1 - y0 } : null
}

/** The smallest box around two. */
export function unionOf(a: PixelBox, b: PixelBox): PixelBox {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)]
  const right = Math.max(a.left + a.width, b.left + b.width)
  const bottom = Math.max(a.top + a.height, b.top + b.height)
  return { left, top, width: right - left, height: bottom - top }
}

/** What changes when every pixel of the box becomes what `value` says; null where it returns null, it stays. */
function flipsOf(mask: Mask, box: PixelBox, value: (x: number, y: number) => 0 | 1 | null): MaskFlip | null {
  const flips = new Uint8Array(box.width * box.height)
  let any = false
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const wanted = value(box.left + x, box.top + y)
      if (wanted === null) continue
      if (mask.valid[(box.top + y) * mask.width + box.left + x] === wanted) continue
      flips[y * box.width + x] = 1
      any = true
    }
  }
  return any ? { ...box, flips } : null
}

/** A round brush of `radius` pixels, drawn from one place to another; null where nothing changes. */
export function stroke(
  mask: Mask,
  [ax, ay]: Vector2,
  [bx, by]: Vector2,
  radius: number,
  value: 0 | 1,
): MaskFlip | null {
  const box = clipped(
    mask,
    Math.min(ax, bx) - radius,
    Math.min(ay, by) - radius,
    Math.max(ax, bx) + radius,
    Math.max(ay, by) + radius,
  )
  if (box === null) return null
  const [dx, dy] = [bx - ax, by - ay]
  const squaredLength = dx * dx + dy * dy
  return flipsOf(mask, box, (x, y) => {
    const along = squaredLength === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squaredLength
    const t = Math.min(1, Math.max(0, along))
    return Math.hypot(x - ax - t * dx, y - ay - t * dy) <= radius ? value : null
  })
}

/** Leaves out what lies outside a rectangle between two corners, as a collimator does. */
export function outsideRectangle(mask: Mask, [ax, ay]: Vector2, [bx, by]: Vector2): MaskFlip | null {
  const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)]
  const [top, bottom] = [Math.min(ay, by), Math.max(ay, by)]
  return flipsOf(mask, { left: 0, top: 0, width: mask.width, height: mask.height }, (x, y) =>
    x >= left && x <= right && y >= top && y <= bottom ? null : 0,
  )
}

/** Leaves out what lies outside the circle about a place through another. */
export function outsideCircle(mask: Mask, [cx, cy]: Vector2, [bx, by]: Vector2): MaskFlip | null {
  const radius = Math.hypot(bx - cx, by - cy)
  return flipsOf(mask, { left: 0, top: 0, width: mask.width, height: mask.height }, (x, y) =>
    Math.hypot(x - cx, y - cy) <= radius ? null : 0,
  )
}

/** Everything counts. */
export function everything(mask: Mask): MaskFlip | null {
  return flipsOf(mask, { left: 0, top: 0, width: mask.width, height: mask.height }, () => 1)
}

/** Does or undoes a change, in place. */
export function flip(
  { valid, width }: Mask,
  { left, top, width: columns, height: rows, flips }: MaskFlip,
): void {
  for (let y = 0; y < rows; y++) {
    const start = (top + y) * width + left
    for (let x = 0; x < columns; x++) {
      if (flips[y * columns + x] === 1) valid[start + x] = valid[start + x] === 1 ? 0 : 1
    }
  }
}

export function validFraction({ valid }: Mask): number {
  let count = 0
  for (const value of valid) count += value
  return count / valid.length
}
