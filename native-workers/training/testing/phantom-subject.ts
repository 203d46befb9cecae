import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type LabelMap } from '../../imaging/labels.js'
import { type Volume } from '../../imaging/volume.js'
import { bodyVolume, centredGrid } from '../../rendering/testing/analytic-volumes.js'
import { type BatchSettings } from '../batches/data-batch.js'
import { subjectVolume, type SubjectVolume } from '../rendering/subject-volume.js'

/** A body of 60 mm with three bones, in HU. */
export function phantomHu(): Volume<Int16Array> {
  const { grid, voxels } = bodyVolume({ ...centredGrid([44, 40, 46], [2, 2, 2]), originMm: [-20, 60, 300] })
  return { grid, voxels: Int16Array.from(voxels, (mu) => (mu < 1e-4 ? -1000 : (mu / 0.0192 - 1) * 1000)) }
}

/** Its bones, 1 the soft ones and 2 the dense one. */
export function phantomLabels({ voxels }: Volume): LabelMap {
  const label = (hu: number) => (hu > 2200 ? 2 : hu > 900 ? 1 : 0)
  return { labels: Uint8Array.from(voxels as ArrayLike<number>, label), structures: [1, 2], issues: [] }
}

export function phantomSubject(
  options: { readonly name?: string; readonly weight?: number; readonly labels?: boolean } = {},
): SubjectVolume {
  const volume = phantomHu()
  return subjectVolume(volume, {
    name: options.name ?? 'phantom',
    weight: options.weight ?? 1,
    attenuation: 'mu',
    pixelMm: 1.5,
    labels: options.labels === true ? phantomLabels(volume) : undefined,
    singleLabels: true,
  })
}

/** Small pictures from all around a front view. */
export const phantomSettings = {
  detector: { sddMm: 1000, height: 32, delxMm: 4, orientation: 'AP', reverseXAxis: true },
  sampling: {
    range: {
      r1Deg: [-30, 30],
      r2Deg: [-15, 15],
      r3Deg: [-25, 25],
      txMm: [-15, 15],
      tyMm: [650, 750],
      tzMm: [-15, 15],
    },
    batchSize: 4,
    imageThreshold: 0.1,
    maskThreshold: 0.05,
    attenuation: 'mu',
    boneMultiplier: [1, 4],
    augmentation: 0.333,
    reuse: 1,
  },
  network: {
    name: 'light',
    parameterization: 'quaternion_adjugate',
    convention: 'ZXY',
    unitConversionFactor: 1000,
  },
  seed: 5,
  silhouettes: false,
} satisfies BatchSettings & Partial<TrainingConfiguration>
