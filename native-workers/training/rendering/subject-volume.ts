import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type AttenuationModel } from '../../contract/operations/sources.js'
import { gridCentreMm, type Volume } from '../../imaging/volume.js'
import { type LabelMap } from '../../imaging/labels.js'
import {
  attenuationParts,
  type AttenuationParts,
  combineParts,
  waterAttenuation,
} from '../../rendering/attenuation-parts.js'
import { type Box, contentBox } from '../../rendering/content-box.js'
import { type LabelCoverage, labelCoverage } from './label-coverage.js'
import { silhouetteScale } from './silhouette-camera.js'
import { onTrainingLevel, trainingSpacingMm } from './training-level.js'

/** A CT as a training renders it; plain data in shared memory, so that threads can be given it without copies. */
export interface SubjectVolume {
  readonly name: string
  /** Relative share of the batches. */
  readonly weight: number
  /** Middle of the CT's grid, or of the template that it was brought to; LPS mm: where poses count from. */
  readonly isocentreMm: Vector3
  /** Box of what attenuates more than a tenth of water. */
  readonly content: Box
  readonly parts: AttenuationParts
  /** Null without a label map. */
  readonly labels: LabelCoverage | null
}

export interface SubjectVolumeOptions {
  readonly name: string
  readonly weight: number
  readonly attenuation: AttenuationModel
  /** The grid's middle when absent. */
  readonly isocentreMm?: Vector3
  /** Edge of a pixel at the isocentre. */
  readonly pixelMm: number
  /** On the volume's grid. */
  readonly labels?: LabelMap
  /** The structures one by one too, for silhouette losses. */
  readonly singleLabels: boolean
}

/** Share of water's attenuation that counts as content: CTs' air is noisy. */
const contentShare = 0.1

/** Errors: `values-invalid` where nothing attenuates. */
export function subjectVolume(volume: Volume, options: SubjectVolumeOptions): SubjectVolume {
  const { name, weight, labels } = options
  const spacingMm = trainingSpacingMm(volume.grid, options.pixelMm)
  const onLevel = (part: Volume<Float32Array>) => sharedVolume(onTrainingLevel(part, spacingMm))
  const parts = attenuationParts(volume, options.attenuation, onLevel)
  const plain = combineParts(parts, 1)
  const threshold = contentShare * waterAttenuation(parts, 1)
  const content = contentBox({ grid: plain.grid, voxels: plain.voxels.map((value) => value - threshold) })
  if (content === null) {
    throw new UserError(
      'values-invalid',
      `Nothing in "${name}" attenuates: rendered like this all of it is air.`,
      'Check the volume’s values and the attenuation model.',
    )
  }
  return {
    name,
    weight,
    isocentreMm: options.isocentreMm ?? gridCentreMm(volume.grid),
    content,
    parts,
    labels:
      labels === undefined
        ? null
        : labelCoverage(labels, volume.grid, silhouetteScale * spacingMm, options.singleLabels),
  }
}

function sharedVolume({ grid, voxels }: Volume<Float32Array>): Volume<Float32Array> {
  const shared = new Float32Array(new SharedArrayBuffer(voxels.byteLength))
  shared.set(voxels)
  return { grid, voxels: shared }
}
