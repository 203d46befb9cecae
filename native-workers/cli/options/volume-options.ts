import { type Command, Option } from 'commander'
import { type Vector3 } from '../../contract/matrix.js'
import { type LabelSource, type VolumeSource } from '../../contract/operations/sources.js'
import { UserError } from '../../contract/errors.js'
import { parseList, parsePositiveCount, parsePositiveVector3 } from './values.js'

export interface VolumeOptions {
  readonly volume: string
  readonly spacing?: Vector3
  readonly series?: string
  readonly acceptGeometry?: boolean
  readonly labels?: string
  readonly structures?: readonly number[]
}

export function addVolumeOptions(command: Command, { isRequired = true } = {}): Command {
  const volume = new Option('-v, --volume <path>', 'NIfTI, NRRD, MHA/MHD file, DICOM folder or TIFF stack')
  return command
    .optionsGroup('CT volume:')
    .addOption(volume.makeOptionMandatory(isRequired))
    .option('--spacing <X,Y,Z>', 'voxel spacing in mm, for a TIFF stack', parsePositiveVector3)
    .option('--series <uid>', 'which series of a DICOM folder that holds several')
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .option('--labels <path>', 'label map of the volume')
    .option('--structures <list>', 'only these labels, e.g. 1,2', (text) =>
      parseList(text, parsePositiveCount),
    )
}

/** The contract's volume source, by path. */
export function volumeSource(options: VolumeOptions): VolumeSource {
  return {
    path: options.volume,
    spacingMm: options.spacing,
    seriesUid: options.series,
    acceptGeometry: options.acceptGeometry ?? false,
  }
}

/** The contract's label source; throws `input-invalid` for structures without a label map. */
export function labelSource(options: VolumeOptions): LabelSource | undefined {
  if (options.labels === undefined) {
    if (options.structures === undefined) return undefined
    throw new UserError(
      'input-invalid',
      '--structures names labels, but no label map is given.',
      'Add --labels with the label map of the volume.',
    )
  }
  return { path: options.labels, structures: [...(options.structures ?? [])] }
}
