import type { RunningApplication } from '../../e2e/launch.js'
import { heading, line } from '../support/report.js'
import type { BenchData } from './bench-data.js'
import { measurePage, timeUntilShown, type PageFigures } from './page-meter.js'
import { residentBytes } from './process-memory.js'
import { mebibytes, reportLongestTask } from './report-page.js'

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

/** Opens the CT, its labels and an X-ray as a person does, and tells how long each takes to be seen. */
export async function benchOpening(application: RunningApplication, data: BenchData): Promise<void> {
  const { app, window } = application
  const root = app.process().pid ?? 0
  await application.answerDialogs({
    'volume-file': [data.volume],
    labels: [data.labels],
    xray: [data.xray],
  })
  heading(`${data.name}: opened in the window`)
  line('memory of all processes before', mebibytes(await residentBytes(root)))

  const volume = await opened(application, 'start-volume-file', '[data-testid=axial-slice]')
  line(
    'CT: from the press of the button to the first picture',
    `${seconds(volume.elapsedMs)}  [aim: below 3 s]`,
  )
  reportLongestTask(volume.figures.longestTaskMs, volume.figures.longTasks)
  await window.getByTestId('surface-busy').waitFor({ state: 'hidden' })

  const labels = await opened(application, 'open-labels', '[data-testid=label-map-name]')
  line('labels: from the press of the button to the slices with them', seconds(labels.elapsedMs))
  reportLongestTask(labels.figures.longestTaskMs, labels.figures.longTasks)

  await window.getByTestId('open-xray').click()
  await window.getByTestId('xray-card').waitFor()
  await window.getByTestId('unknown-sdd').fill('1020')
  await window.getByTestId('unknown-pitch').fill('0.8')
  await window.getByTestId('unknown-pitch').press('Enter')
  await window.getByTestId('use-camera').click()
  await window.getByTestId('drr-status').getByText('512 × 512').waitFor()
  line('memory of all processes with CT, labels and X-ray', mebibytes(await residentBytes(root)))
}

async function opened(
  { window }: RunningApplication,
  pressed: string,
  shown: string,
): Promise<{ elapsedMs: number; figures: PageFigures }> {
  let elapsedMs = 0
  const figures = await measurePage(window, async () => {
    elapsedMs = await timeUntilShown(window, pressed, shown)
    // What comes with it, such as surfaces, must not hold up the window either.
    await window.waitForTimeout(3000)
  })
  return { elapsedMs, figures }
}
