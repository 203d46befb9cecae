import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunningApplication } from '../../e2e/launch.js'
import { runMeasured } from '../support/measured-process.js'
import { heading, line } from '../support/report.js'
import { residentBytes, watchMemory } from './process-memory.js'
import { mebibytes } from './report-page.js'

const slices = 600
const rounds = 10
const largeCtWriter = fileURLToPath(new URL('./write-large-ct.js', import.meta.url))

/** Writes the largest CT that the window is made for into a folder; its path. */
export async function writeLargestCt(folder: string): Promise<string> {
  const { exitCode, errors } = await runMeasured(process.execPath, [largeCtWriter, folder, String(slices)])
  if (exitCode !== 0) throw new Error(`The large CT could not be written:\n${errors}`)
  return join(folder, 'ct.nii.gz')
}

/** Memory of all processes while a large CT is opened, and after it was opened and closed again and again. */
export async function benchMemory(application: RunningApplication, volume: string): Promise<void> {
  const { app, window } = application
  const root = app.process().pid ?? 0
  heading(`A CT of 512 x 512 x ${String(slices)} voxels, int16, opened and closed ${String(rounds)} times`)
  await application.answerDialogs({ 'volume-file': [volume] })
  line('memory of all processes before', mebibytes(await residentBytes(root)))
  for (let round = 1; round <= rounds; round++) {
    const peak = watchMemory(root)
    const startedMs = performance.now()
    await window.getByTestId('start-volume-file').click()
    await window.getByTestId('axial-slice').waitFor()
    const elapsedMs = performance.now() - startedMs
    await window.getByTestId('surface-busy').waitFor({ state: 'hidden' })
    const largest = await peak.stop()
    const open = await residentBytes(root)
    await window.getByTestId('volume-close').click()
    await window.getByTestId('start-page').waitFor()
    // Freed memory goes back to the system with a delay.
    await window.waitForTimeout(2000)
    const closed = await residentBytes(root)
    line(
      `${String(round)}: opened in ${(elapsedMs / 1000).toFixed(1)} s; peak, open, closed`,
      `${mebibytes(largest)}, ${mebibytes(open)}, ${mebibytes(closed)}${round === 1 ? '  [aim: below 4096]' : ''}`,
    )
  }
}
