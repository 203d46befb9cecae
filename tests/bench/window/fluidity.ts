import type { RunningApplication } from '../../e2e/launch.js'
import { heading, line } from '../support/report.js'
import { dragAround, scroll } from './gestures.js'
import { measurePage } from './page-meter.js'
import { reportGesture } from './report-page.js'

/** Frame times while a hand works on the views of what `benchOpening` opened. */
export async function benchFluidity({ window }: RunningApplication): Promise<void> {
  heading('A hand at the views')
  const gestures = [
    ['wheel through the axial slices', () => scroll(window, 'axial-canvas')],
    ['window and level dragged', () => dragAround(window, 'axial-canvas')],
    ['crosshair dragged, labels shown', () => dragAround(window, 'axial-canvas', 'Shift')],
    ['3D view turned', () => dragAround(window, 'three-d-view')],
  ] as const
  for (const [name, act] of gestures) reportGesture(name, await measurePage(window, act))

  const startedMs = performance.now()
  const pose = await measurePage(window, () => dragAround(window, 'drr-canvas'), 'drr-status')
  const elapsedMs = performance.now() - startedMs
  reportGesture('pose dragged', pose)
  line('  live DRRs', `${((1000 * pose.changes) / elapsedMs).toFixed(1)} pictures/s  [aim: at least 20]`)
}
