import type { Checkpoint } from '../../native-workers/contract/training/checkpoint.js'
import { folderOf } from '../steps/shared/paths.js'
import { fileName, fixed } from '../text/format.js'
import { text } from '../text/en.js'

/** What a checkpoint is called: files of all trainings bear the same names, so that the folder tells which. */
export function checkpointName(path: string): string {
  return path.endsWith('.json') ? `${fileName(folderOf(path))} / ${fileName(path)}` : fileName(path)
}

interface Fact {
  readonly name: string
  readonly value: string
}

const span = ([low, high]: readonly [number, number], unit: string): string =>
  low === -high ? `±${high}${unit}` : `${low}…${high}${unit}`

/** What a person needs to know of a network before it is used. */
export function checkpointFacts({ configuration, iteration, medianMtreMm, subjects }: Checkpoint): Fact[] {
  const words = text.training.facts
  const { network, detector, sampling } = configuration
  const { r1Deg, r2Deg, r3Deg, txMm, tyMm, tzMm } = sampling.range
  return [
    { name: words.network, value: text.training.networks[network.name] },
    { name: words.iteration, value: iteration.toLocaleString('en') },
    ...(medianMtreMm === null ? [] : [{ name: words.mTre, value: `${fixed(medianMtreMm, 1)} mm` }]),
    { name: words.trainedOn, value: subjects.map(({ name }) => name).join(', ') },
    { name: words.angles, value: [r1Deg, r2Deg, r3Deg].map((range) => span(range, '°')).join(', ') },
    { name: words.shifts, value: `${[txMm, tyMm, tzMm].map((range) => span(range, '')).join(', ')} mm` },
    {
      name: words.detector,
      value: words.detectorOf(detector.sddMm, detector.height, Number(fixed(detector.delxMm, 3))),
    },
    { name: words.view, value: words.viewOf(detector.orientation, detector.reverseXAxis) },
  ]
}
