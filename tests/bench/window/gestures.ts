import type { Page } from 'playwright-core'

const moves = 60

async function middleOf(page: Page, testId: string): Promise<{ x: number; y: number; radius: number }> {
  const box = await page.getByTestId(testId).boundingBox()
  if (box === null) throw new Error(`${testId} is not on the screen.`)
  const { x, y, width, height } = box
  return { x: x + width / 2, y: y + height / 2, radius: Math.min(width, height) / 4 }
}

/** Turns the wheel over a view, a notch at a time, forth and back. */
export async function scroll(page: Page, testId: string): Promise<void> {
  const { x, y } = await middleOf(page, testId)
  await page.mouse.move(x, y)
  for (let move = 0; move < moves; move++) await page.mouse.wheel(0, move < moves / 2 ? 100 : -100)
}

/** Drags in circles about the middle of a view, with a key held; twice round, and that as often as told. */
export async function dragAround(page: Page, testId: string, key?: 'Shift', times = 1): Promise<void> {
  const { x, y, radius } = await middleOf(page, testId)
  if (key !== undefined) await page.keyboard.down(key)
  await page.mouse.move(x + radius, y)
  await page.mouse.down()
  for (let move = 1; move <= times * moves; move++) {
    const angle = (4 * Math.PI * move) / moves
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
  }
  await page.mouse.up()
  if (key !== undefined) await page.keyboard.up(key)
}
