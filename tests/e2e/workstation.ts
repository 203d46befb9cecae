import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Under load a step of the window may take long; nothing is asserted about how long. */
const patienceMs = 120_000

const poseFields = ['x', 'y', 'z', 'turn', 'tilt', 'roll'] as const
export type PoseField = (typeof poseFields)[number]

/** A person at the window: the controls by their test ids, and what can be read off the screen. */
export class Workstation {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(patienceMs)
  }

  click(testId: string): Promise<void> {
    return this.page.getByTestId(testId).click()
  }

  text(testId: string): Promise<string> {
    return this.page.getByTestId(testId).innerText()
  }

  shows(testId: string): Promise<void> {
    return this.page.getByTestId(testId).waitFor()
  }

  async engineIsReady(): Promise<void> {
    await this.page.locator('[data-testid=engine-status][data-state=ready]').waitFor()
  }

  /** Opens the sample and waits for its DRR at full resolution. */
  async openSample(): Promise<void> {
    await this.engineIsReady()
    await this.click('open-sample')
    await this.drrRests()
  }

  /** Once the pose rests, the DRR is drawn at twice the resolution of the live one. */
  async drrRests(): Promise<void> {
    await this.page.getByTestId('drr-status').getByText('512 × 512').waitFor()
  }

  async pose(): Promise<Record<PoseField, number>> {
    const values = await Promise.all(
      poseFields.map(
        async (field) => [field, Number(await this.page.getByTestId(`pose-${field}`).inputValue())] as const,
      ),
    )
    const read = new Map(values)
    const of = (field: PoseField): number => read.get(field) ?? NaN
    return { x: of('x'), y: of('y'), z: of('z'), turn: of('turn'), tilt: of('tilt'), roll: of('roll') }
  }

  async type(field: PoseField, value: number): Promise<void> {
    const input = this.page.getByTestId(`pose-${field}`)
    await input.fill(String(value))
    await input.press('Enter')
  }

  /** Drags in the middle of the DRR by CSS pixels, with a key held. */
  async dragDrr(dx: number, dy: number, key?: 'Shift' | 'Control'): Promise<void> {
    const box = await this.page.getByTestId('drr-canvas').boundingBox()
    if (box === null) throw new Error('The DRR is not on the screen.')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    if (key !== undefined) await this.page.keyboard.down(key)
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + dx, y + dy, { steps: 5 })
    await this.page.mouse.up()
    if (key !== undefined) await this.page.keyboard.up(key)
  }

  /** Drops files on the window as a file manager does. */
  async dropFiles(files: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const data = { items: [], files: [...files], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data })
    }
    await session.detach()
  }

  /** Greys of the DRR's canvas on a coarse grid. */
  drrGreys(): Promise<readonly number[]> {
    return this.page.getByTestId('drr-canvas').evaluate(async (element) => {
      if (!(element instanceof HTMLCanvasElement)) return []
      // What is said is drawn a little later.
      await new Promise((resolve) => setTimeout(resolve, 100))
      const { width, height } = element
      const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
      const side = 48
      return Array.from({ length: side * side }, (_, n) => {
        const column = Math.floor((((n % side) + 0.5) * width) / side)
        const row = Math.floor(((Math.floor(n / side) + 0.5) * height) / side)
        return data[4 * (row * width + column)] ?? 0
      })
    })
  }

  /** Waits until much of the DRR's picture differs from `before`: more than its crosshair could. */
  async drrDiffersFrom(before: readonly number[]): Promise<void> {
    await expect
      .poll(async () => shareThatDiffers(before, await this.drrGreys()), { timeout: patienceMs })
      .toBeGreaterThan(0.1)
  }

  /** Starts a registration and waits until it is under way. */
  async startRegistration(): Promise<void> {
    await this.click('register')
    await this.shows('run-progress')
  }

  /** Waits for the running registration's result. */
  async verdict(): Promise<string | null> {
    return this.page.getByTestId('verdict').getAttribute('data-verdict')
  }

  /** mTRE of the shown result against the sample's true pose, mm. */
  async sampleErrorMm(): Promise<number> {
    const sentence = await this.text('sample-truth')
    return Number(/([\d.]+)\s*mm/.exec(sentence)?.[1] ?? NaN)
  }
}

/** The share of samples whose grey changed by more than noise of interpolation. */
export function shareThatDiffers(before: readonly number[], after: readonly number[]): number {
  const changed = before.filter((grey, n) => Math.abs(grey - (after[n] ?? 0)) > 6).length
  return changed / before.length
}
