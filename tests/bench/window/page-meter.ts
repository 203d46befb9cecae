import type { Page } from 'playwright-core'

/** What a page did while something was done to it. */
export interface PageFigures {
  /** Between the page's frames, milliseconds. */
  readonly frameMs: readonly number[]
  /** Longest stretch that the page's thread was not free, milliseconds; 0 where none reached 50. */
  readonly longestTaskMs: number
  /** Stretches of 50 ms and more. */
  readonly longTasks: number
  /** When the content of the watched element changed, by the page's clock. */
  readonly changesMs: readonly number[]
}

/** Frames and long tasks of the page while `act` runs; changes of the element `watched` by its test id. */
export async function measurePage(
  page: Page,
  act: () => Promise<unknown>,
  watched?: string,
): Promise<PageFigures> {
  const meter = await page.evaluateHandle((testId) => {
    const state = {
      frameMs: [] as number[],
      taskMs: [] as number[],
      changesMs: [] as number[],
      isRunning: true,
    }
    let last = performance.now()
    const onFrame = (now: number): void => {
      state.frameMs.push(now - last)
      last = now
      if (state.isRunning) requestAnimationFrame(onFrame)
    }
    requestAnimationFrame((now) => {
      last = now
      requestAnimationFrame(onFrame)
    })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) state.taskMs.push(duration)
    }).observe({ type: 'longtask' })
    const element = testId === undefined ? null : document.querySelector(`[data-testid="${testId}"]`)
    if (element !== null) {
      new MutationObserver(() => state.changesMs.push(performance.now())).observe(element, {
        subtree: true,
        childList: true,
        characterData: true,
      })
    }
    return state
  }, watched)
  await act()
  // Long tasks are told with a delay.
  await page.waitForTimeout(200)
  const figures = await meter.evaluate((state) => {
    state.isRunning = false
    const { frameMs, taskMs, changesMs } = state
    return { frameMs, longestTaskMs: Math.max(0, ...taskMs), longTasks: taskMs.length, changesMs }
  })
  await meter.dispose()
  return figures
}

/**
 * Milliseconds from the press of a control to the frame after an element appeared, both by test id and by the page's own
 * clock.
 */
export async function timeUntilShown(page: Page, pressed: string, shown: string): Promise<number> {
  const timer = await page.evaluateHandle(
    ([control, element]) => {
      const state: { done: Promise<number> } = { done: Promise.resolve(0) }
      state.done = new Promise((resolve) => {
        let startedMs = NaN
        document.addEventListener(
          'click',
          (event) => {
            const isControl = event.target instanceof Element && event.target.closest(control) !== null
            if (isControl) startedMs = performance.now()
          },
          { capture: true },
        )
        const observer = new MutationObserver(() => {
          if (Number.isNaN(startedMs) || document.querySelector(element) === null) return
          observer.disconnect()
          requestAnimationFrame(() => {
            // The frame that holds it has been drawn once the next one begins.
            requestAnimationFrame(() => {
              resolve(performance.now() - startedMs)
            })
          })
        })
        observer.observe(document.body, { childList: true, subtree: true, attributes: true })
      })
      return state
    },
    [`[data-testid="${pressed}"]`, shown] as const,
  )
  await page.getByTestId(pressed).click()
  const elapsedMs = await timer.evaluate(({ done }) => done)
  await timer.dispose()
  return elapsedMs
}
