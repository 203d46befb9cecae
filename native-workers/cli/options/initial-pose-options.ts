import { Option, type Command } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type ImagePointsFile, type PointsFile } from '../../contract/files/points.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { givenPose, type GivenPose, type PoseOptions } from './pose-options.js'
import { parsePositive, parseRange } from './values.js'

export const initKinds = ['search', 'fixed', 'dicom', 'landmarks', 'model'] as const

export interface InitialPoseOptions extends PoseOptions {
  readonly init: (typeof initKinds)[number]
  readonly rangeRotation?: Vector3
  readonly rangeTranslation?: Vector3
  readonly sourceToIsocentre?: number
  /** False after --no-antipode. */
  readonly antipode: boolean
  readonly landmarks3d?: string
  /** One per X-ray, or the first X-ray's alone. */
  readonly landmarks2d?: readonly string[]
  readonly ckptpath?: readonly string[]
  readonly initOnly?: boolean
}

/** Readers of the files that the options name; the parsing itself touches no file. */
export interface InitialPoseFiles {
  readPose(path: string): Promise<Matrix4>
  readPoints(path: string): Promise<PointsFile>
  readImagePoints(path: string): Promise<ImagePointsFile>
}

type InitialPoseRequest = OperationRequest<'register'>['initial']

export function addInitialPoseOptions(command: Command): Command {
  return command
    .optionsGroup('Start of the registration:')
    .addOption(
      new Option(
        '--init <kind>',
        'by search, at a given pose, by the angles of the DICOM tags, by landmarks, or by trained networks',
      )
        .choices(initKinds)
        .default('search'),
    )
    .optionsGroup('Start by landmarks (--init landmarks):')
    .option('--landmarks-3d <file>', "points of the volume: points@1 JSON, or 3D Slicer's .fcsv or .mrk.json")
    .option(
      '--landmarks-2d <file...>',
      "the same points in pixels of the first X-ray, or of every X-ray in their order: image-points@1 JSON, or 3D Slicer's",
    )
    .optionsGroup('Start by networks (--init model):')
    .option(
      '-c, --ckptpath <path...>',
      "checkpoints, or folders of trainings; also xvr's .pth. Of several the one that fits best is taken",
    )
    .option('--init-only', "keep the network's pose as it is")
    .optionsGroup('Start by search (--init search):')
    .option('--range-rotation <A,B,C>', 'half widths in degrees (default: 45,45,45)', parseRange)
    .option('--range-translation <X,Y,Z>', 'half widths in mm (default: 100,100,100)', parseRange)
    .option('--source-to-isocentre <mm>', 'nominal distance without a nominal pose', parsePositive)
    .option('--no-antipode', 'leave out the view from the opposite side')
}

/** Which of the start's own options each kind uses; the others are refused rather than ignored. */
const usedBy: Readonly<Record<InitialPoseOptions['init'], readonly (keyof InitialPoseOptions)[]>> = {
  search: [
    'pose',
    'rotation',
    'translation',
    'orientation',
    'reverseXAxis',
    'rangeRotation',
    'rangeTranslation',
    'sourceToIsocentre',
  ],
  fixed: ['pose', 'rotation', 'translation', 'orientation', 'reverseXAxis'],
  dicom: ['orientation'],
  landmarks: ['landmarks3d', 'landmarks2d'],
  model: ['ckptpath', 'initOnly'],
}

const flags = {
  pose: '--pose',
  rotation: '--rotation',
  translation: '--translation',
  orientation: '--orientation',
  reverseXAxis: '--reverse-x-axis',
  rangeRotation: '--range-rotation',
  rangeTranslation: '--range-translation',
  sourceToIsocentre: '--source-to-isocentre',
  landmarks3d: '--landmarks-3d',
  landmarks2d: '--landmarks-2d',
  ckptpath: '--ckptpath',
  initOnly: '--init-only',
} as const satisfies Partial<Record<keyof InitialPoseOptions, string>>

function refuseUnused(options: InitialPoseOptions): void {
  for (const key of Object.keys(flags) as (keyof typeof flags)[]) {
    if (options[key] === undefined || usedBy[options.init].includes(key)) continue
    const kinds = initKinds.filter((kind) => usedBy[kind].includes(key))
    throw new UserError(
      'input-invalid',
      `${flags[key]} has no effect with --init ${options.init}.`,
      `Leave it out, or use --init ${kinds.join(' or ')}.`,
    )
  }
}

function missing(option: string, init: string): UserError {
  return new UserError(
    'input-invalid',
    `--init ${init} needs ${option}.`,
    `Add ${option}, or use --init search.`,
  )
}

/**
 * The contract's initial pose from the options. A pose file is `worldFromVolume`; with `search` it is the centre of
 * the range. Throws `input-invalid` for missing or contradictory options.
 */
export async function initialPose(
  options: InitialPoseOptions,
  files: InitialPoseFiles,
): Promise<InitialPoseRequest> {
  refuseUnused(options)
  const pose = givenPose(options)
  switch (options.init) {
    case 'search':
      return searchStart(options, pose, files)
    case 'fixed':
      if (pose === undefined) throw missing('--pose, or --rotation and --translation', 'fixed')
      return fixedStart(pose, files)
    case 'dicom':
      return { kind: 'dicom', orientation: options.orientation }
    case 'landmarks': {
      const { landmarks3d, landmarks2d } = options
      if (landmarks3d === undefined) throw missing('--landmarks-3d', 'landmarks')
      if (landmarks2d === undefined) throw missing('--landmarks-2d', 'landmarks')
      const [points3d, points2d] = await Promise.all([
        files.readPoints(landmarks3d),
        Promise.all(landmarks2d.map((path) => files.readImagePoints(path))),
      ])
      return { kind: 'landmarks', points3d, points2d }
    }
    case 'model': {
      const { ckptpath, initOnly } = options
      if (ckptpath === undefined) throw missing('--ckptpath', 'model')
      return { kind: 'model', checkpoints: [...ckptpath], initOnly }
    }
  }
}

async function searchStart(
  options: InitialPoseOptions,
  pose: GivenPose | undefined,
  files: InitialPoseFiles,
): Promise<InitialPoseRequest> {
  return {
    kind: 'search',
    worldFromVolume: pose?.kind === 'file' ? await files.readPose(pose.path) : undefined,
    nominal: pose?.kind === 'diffdrr' ? diffdrrShape(pose) : undefined,
    sourceToIsocentreMm: options.sourceToIsocentre,
    rangeRotationDeg: options.rangeRotation,
    rangeTranslationMm: options.rangeTranslation,
    antipode: options.antipode,
  }
}

async function fixedStart(pose: GivenPose, files: InitialPoseFiles): Promise<InitialPoseRequest> {
  if (pose.kind === 'file') return { kind: 'pose', worldFromVolume: await files.readPose(pose.path) }
  return { kind: 'fixed', ...diffdrrShape(pose) }
}

function diffdrrShape({
  rotationDeg,
  translationMm,
  orientation,
  reverseXAxis,
}: Extract<GivenPose, { kind: 'diffdrr' }>) {
  return { rotationDeg, translationMm, orientation, reverseXAxis }
}
