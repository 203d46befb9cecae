import { readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SaveLabelsInput } from '../../contract/operations/save-labels.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { openLabels } from '../open-labels/open-labels.operation.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { saveLabels } from './save-labels.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
/** j runs against the patient, as in many CTs. */
const grid: VolumeGrid = {
  size: [6, 5, 4],
  spacingMm: [1, 1, 2],
  originMm: [10, 24, 30],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}

function input(name: string, runs: readonly (readonly [number, number, number])[]): SaveLabelsInput {
  return {
    outputPath: folder.file(name),
    grid,
    runs: {
      starts: Uint32Array.from(runs, ([start]) => start),
      lengths: Uint32Array.from(runs, ([, length]) => length),
      labels: Uint16Array.from(runs, ([, , label]) => label),
    },
    names: [{ label: 3, name: 'sacrum' }],
    force: false,
  }
}

async function opened(path: string) {
  const output = await openLabels({ path, grid, cacheFolder: folder.file('cache') }, quietContext())
  return { output, bytes: await readFile(output.display.file) }
}

describe('saveLabels', () => {
  it('writes a map that opens again voxel by voxel, with its names', async () => {
    const saved = await saveLabels(
      input('labels/map.nii.gz', [
        [1, 2, 3],
        [118, 2, 7],
      ]),
      quietContext(),
    )
    expect(saved).toMatchObject({ labels: [3, 7], voxelCount: 4, isUpToDate: false })
    const { output, bytes } = await opened(saved.path)
    expect(output.display.bytesPerVoxel).toBe(1)
    expect([...bytes].flatMap((label, at) => (label === 0 ? [] : [[at, label]]))).toEqual([
      [1, 3],
      [2, 3],
      [118, 7],
      [119, 7],
    ])
    expect(output.labels.map(({ name }) => name)).toEqual(['sacrum', null])
    await stat(`${saved.path}.provenance.json`)
  })

  it('takes two bytes where a label needs them', async () => {
    const saved = await saveLabels(input('wide.nrrd', [[0, 1, 300]]), quietContext())
    expect((await opened(saved.path)).output.display.bytesPerVoxel).toBe(2)
  })

  it('replaces its own map with a newer one, and no other file unasked', async () => {
    await saveLabels(input('again.nii.gz', [[0, 1, 1]]), quietContext())
    const again = await saveLabels(input('again.nii.gz', [[0, 2, 1]]), quietContext())
    expect(again.voxelCount).toBe(2)
    await writeFile(folder.file('foreign.nii.gz'), 'somebody else')
    await expect(saveLabels(input('foreign.nii.gz', [[0, 1, 1]]), quietContext())).rejects.toMatchObject({
      code: 'output-exists',
    })
  })

  it('refuses runs beyond the grid, and a map without labels', async () => {
    await expect(saveLabels(input('out.nii.gz', [[119, 2, 1]]), quietContext())).rejects.toMatchObject({
      code: 'labels-invalid',
    })
    await expect(saveLabels(input('out.nii.gz', []), quietContext())).rejects.toMatchObject({
      code: 'labels-invalid',
    })
  })
})
