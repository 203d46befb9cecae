import { type LiveEvent } from '../../contract/progress.js'
import { type DataBatch } from '../batches/data-batch.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type NetworkFrame, outputCount } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { type Trainer } from '../trainer.js'
import { type Example, exampleGrid } from './example-grid.js'

const exampleCount = 4
const intervalMs = 5000

/** Now and then shows what the network sees, over the DRRs at the poses that it answers. */
export class ExampleShow {
  #lastMs = -Infinity

  constructor(
    private readonly renderer: SubjectRenderer,
    private readonly trainer: Trainer,
    private readonly frame: NetworkFrame,
    private readonly onEvent: (event: LiveEvent) => void,
  ) {}

  async show(batch: DataBatch): Promise<void> {
    if (performance.now() - this.#lastMs < intervalMs) return
    const { height, xrays, subject, boneMultiplier } = batch
    const count = Math.min(exampleCount, batch.count)
    const pixels = height * height
    const outputs = await this.trainer.predict(xrays.subarray(0, count * pixels), count)
    const numbers = outputCount(this.frame)
    const { isocentreMm } = this.renderer.subjects[subject]
    const examples = Array.from({ length: count }, (_, n): Example => {
      const input = xrays.subarray(n * pixels, (n + 1) * pixels)
      const extrinsic = extrinsicFromOutputs(outputs.subarray(n * numbers, (n + 1) * numbers), this.frame)
      if (extrinsic === null) return { input, prediction: null }
      const { cameraFromVolume } = poseFromExtrinsic(extrinsic, this.frame, isocentreMm)
      const [prediction] = this.renderer.render(subject, boneMultiplier, [cameraFromVolume])
      return { input, prediction }
    })
    this.onEvent({ kind: 'picture', picture: exampleGrid(examples, height) })
    this.#lastMs = performance.now()
  }
}
