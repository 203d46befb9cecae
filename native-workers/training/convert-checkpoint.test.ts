import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { readXvrCheckpoint } from './checkpoints/xvr-checkpoint.js'
import { writeCheckpoint } from './checkpoints/write-checkpoint.js'
import { convertCheckpoint } from './convert-checkpoint.operation.js'
import { exportedNetwork } from './networks/exported-network.js'
import { readTraining } from './read-training.operation.js'
import { freshState, networkOf } from './start/initial-state.js'
import { smallConfiguration, smallContent } from './testing/small-training.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

describe('convertCheckpoint', () => {
  it('writes a network that is read back as it was', async () => {
    const configuration = smallConfiguration()
    const { parameters } = freshState(networkOf(configuration), 3)
    await mkdir(folder.file('training'))
    const network = exportedNetwork(configuration, parameters)
    await writeCheckpoint(folder.file('training'), { ...smallContent(40), network }, true)
    const outputPath = folder.file('network.pth')
    const request = { path: folder.file('training'), outputPath, force: false }
    const written = await convertCheckpoint(request, context)
    expect(written).toMatchObject({ network: 'light', iteration: 40 })
    const read = await readXvrCheckpoint(outputPath)
    expect(read.parameters).toEqual(parameters)
    expect(read.configuration.detector).toEqual(configuration.detector)
    expect(read.configuration.network).toEqual(configuration.network)
    expect(read.configuration.sampling.range).toEqual(configuration.sampling.range)
    await expect(convertCheckpoint(request, context)).rejects.toMatchObject({ code: 'output-exists' })
    expect(await readTraining({ path: outputPath }, context)).toMatchObject({
      checkpoint: { iteration: 40, network: { file: 'network.pth' } },
      measurements: [],
      isFinished: true,
    })
  })
})
