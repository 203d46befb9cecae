import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { phantom } from '../../../native-workers/imaging/phantom/phantom.operation.js'
import { testDataFolder } from '../../support/test-data.js'
import { heading } from '../support/report.js'

export interface BenchData {
  readonly name: string
  readonly volume: string
  readonly labels: string
  readonly xray: string
}

/** A CT with its labels, the chest of the test data where it is present, and an X-ray. */
export async function benchData(folder: string): Promise<BenchData> {
  const context = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onEvent: () => undefined,
  }
  const sample = await phantom({ folder, spacingMm: 1.5, seed: 1 }, context)
  const { xray } = sample.views[0]
  const data = testDataFolder()
  const chest = data === null ? null : join(data, 'ct-chest-lidc')
  if (chest !== null && existsSync(chest)) {
    return {
      name: 'A chest CT (LIDC) with 118 labels',
      volume: join(chest, 'ct.nii.gz'),
      labels: join(chest, 'mask.nii.gz'),
      xray,
    }
  }
  heading('The chest CT is left out: no test data (set XRAY_TEST_DATA to their folder)')
  return { name: 'The phantom', volume: sample.volume, labels: sample.labels, xray }
}
