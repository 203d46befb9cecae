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

  const pose = await measurePage(window, () => dragAround(window, 'drr-canvas', undefined, 3), 'drr-status')
  reportGesture('pose dragged', pose)
  const [first = NaN] = pose.changesMs
  const seconds = ((pose.changesMs.at(-1) ?? NaN) - first) / 1000
  const perSecond = (pose.changesMs.length - 1) / seconds
  line('  live DRRs', `${perSecond.toFixed(1)} pictures/s  [aim: at least 20]`)
}
