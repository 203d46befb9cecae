import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readXvrCheckpoint } from '../../native-workers/training/checkpoints/xvr-checkpoint.js'
import { exportedNetwork } from '../../native-workers/training/networks/exported-network.js'
import { floatTensor, openSession } from '../../native-workers/training/runtime/onnx-runtime.js'

const storedSchema = z.object({
  height: z.number(),
  input: z.array(z.number()),
  outputs: z.array(z.array(z.number())),
})
const shape = { blocks: [2, 2, 2, 2], widths: [4, 4, 8, 8], groups: 4 } as const
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

describe('checkpoints of xvr', () => {
  it.each(['xvr-newest', 'xvr-older'])('%s: the network answers what PyTorch’s does', async (name) => {
    const stored = storedSchema.parse(JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')))
    const { configuration, parameters } = await readXvrCheckpoint(fixture(`${name}.pth`), shape)
    const model = exportedNetwork(configuration, parameters, shape)
    const session = await openSession(model, { provider: 'cpu', threads: 1 })
    const { height, outputs } = stored
    const xray = await floatTensor(Float32Array.from(stored.input), [outputs.length, 1, height, height])
    const { rotation, translation } = await session.run({ xray })
    await session.dispose()
    outputs.forEach((known, sample) => {
      const rotations = rotation.dims[1]
      known.forEach((value, n) => {
        const answered =
          n < rotations ? rotation.data[sample * rotations + n] : translation.data[3 * sample + n - rotations]
        expect(Math.abs(Number(answered) - value)).toBeLessThan(1e-5)
      })
    })
  })

  it('has the configuration of the newest xvr', async () => {
    const { configuration, iteration, created, config, notes } = await readXvrCheckpoint(
      fixture('xvr-newest.pth'),
      shape,
    )
    expect(configuration).toMatchObject({
      subjects: [{ name: 'ct.nii.gz', volume: { path: '/data/ct.nii.gz' } }],
      detector: { sddMm: 1020, height: 32, delxMm: 2.1764375, orientation: 'AP', reverseXAxis: true },
      sampling: { range: { r1Deg: [135, 225], tyMm: [450, 1000] }, batchSize: 116 },
      network: { name: 'resnet18', parameterization: 'quaternion_adjugate', unitConversionFactor: 1000 },
      optimisation: { totalIterations: 1_000_000, accumulate: 4 },
    })
    expect([iteration, created, notes]).toEqual([5000, '2026-02-01 12:00:00', []])
    expect(config).toMatchObject({ volpath: '/data/ct.nii.gz', maskpath: null, r1: [135, 225] })
  })

  it('has the configuration of an older xvr, whose missing keys mean what they meant then', async () => {
    const { configuration, notes } = await readXvrCheckpoint(fixture('xvr-older.pth'), shape)
    expect(configuration).toMatchObject({
      detector: { orientation: 'PA', reverseXAxis: false },
      sampling: { range: { r1Deg: [-45, 45], r3Deg: [-15, 15], tyMm: [-800, -700] } },
      network: { convention: 'ZXY', unitConversionFactor: 1 },
    })
    expect(notes.join(' ')).toContain('taken as millimetres')
  })

  it('is refused where its network is another one', async () => {
    await expect(readXvrCheckpoint(fixture('xvr-newest.pth'))).rejects.toThrow(
      '"backbone.conv1.weight" is absent or not 64 x 1 x 7 x 7',
    )
    await expect(
      readXvrCheckpoint(fixture('../../../native-workers/imaging/torch-file/testing/fixtures/values.pt')),
    ).rejects.toMatchObject({ code: 'format-unknown' })
  })
})
