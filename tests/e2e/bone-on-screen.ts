import { decode } from 'fast-png'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Place = readonly [x: number, y: number]

/** Pixels to each side that must be bone too: a click beside a thin part's edge would be one of chance. */
const marginPixels = 2

/**
 * Where a person sees bone in the 3D view, CSS pixels of the window: the place nearest to the view's middle, once
 * two pictures running agree on it. What lies in the very middle depends on the window's size and the pose, and
 * may be a gap between bones.
 */
export async function placeOfBone(page: Page): Promise<Place> {
  const seen: (Place | null)[] = []
  await expect
    .poll(
      async () => {
        seen.push(await findBone(page))
        return seen.at(-1)
      },
      { timeout: 20_000 },
    )
    .toSatisfy((place: Place | null) => place !== null && String(place) === String(seen.at(-2)))
  const place = seen.at(-1) ?? null
  if (place === null) throw new Error('No bone is seen in the 3D view.')
  return place
}

async function findBone(page: Page): Promise<Place | null> {
  const box = await page.getByTestId('three-d-view').boundingBox()
  if (box === null) return null
  const { width, height, channels, data } = decode(await page.screenshot({ scale: 'css' }))
  // Bone is ivory at every brightness; X-rays are grey, the C-arm blue.
  const isBone = (x: number, y: number): boolean => {
    const start = channels * (y * width + x)
    const [red = 0, green = 0, blue = 0] = data.subarray(start, start + 3)
    return red > 80 && red >= green && green > blue && red - blue > 0.08 * red
  }
  const isAllBone = (x: number, y: number): boolean => {
    for (let dy = -marginPixels; dy <= marginPixels; dy++) {
      for (let dx = -marginPixels; dx <= marginPixels; dx++) if (!isBone(x + dx, y + dy)) return false
    }
    return true
  }
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2]
  const bottom = Math.min(height - marginPixels, Math.floor(box.y + box.height))
  const right = Math.min(width - marginPixels, Math.floor(box.x + box.width))
  let best: Place | null = null
  let bestDistance = Infinity
  for (let y = Math.ceil(box.y) + marginPixels; y < bottom; y++) {
    for (let x = Math.ceil(box.x) + marginPixels; x < right; x++) {
      const distance = Math.hypot(x - middleX, y - middleY)
      if (distance < bestDistance && isAllBone(x, y)) [best, bestDistance] = [[x, y], distance]
    }
  }
  return best
}
