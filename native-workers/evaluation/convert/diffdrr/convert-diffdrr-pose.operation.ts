import { basename, join } from 'node:path'
import { throwIfCancelled, UserError } from '../../../contract/errors.js'
import { type PointsFile } from '../../../contract/files/points.js'
import { type PoseFile } from '../../../contract/files/pose.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import {
  type ConvertDiffdrrPoseInput,
  type ConvertDiffdrrPoseOutput,
  type ConvertDiffdrrPoseReport,
  convertDiffdrrPoseReportSchema,
} from '../../../contract/operations/convert-diffdrr-pose.js'
import { type Operation } from '../../../contract/progress.js'
import {
  cameraFromDiffdrr,
  type DiffdrrDetector,
  poseFromDiffdrr,
} from '../../../geometry/adapters/diffdrr.js'
import { lpsFromRas } from '../../../geometry/adapters/image-side.js'
import { add, affine, diagonal3, linearPart, multiply4, multiplyVector3 } from '../../../geometry/matrix.js'
import { writeFileAtomic } from '../../../imaging/atomic-write.js'
import { runRecorded, type StageOutput } from '../../../imaging/provenance/run-recorded.js'
import { loadVolume } from '../../../imaging/volume-cache.js'
import { gridCentreMm } from '../../../imaging/volume.js'
import { translationBeforeRotation } from '../xvr/xvr-geometry.js'
import { type DiffdrrFile, type Intrinsics, readDiffdrrFile } from './read-pose-file.js'

/**
 * Writes a pose of DiffDRR as camera and pose files, or its fiducials as a points file. Errors: those of
 * `readDiffdrrFile` and `loadVolume`, `geometry-missing` (isocentre, orientation or part of the detector unknown),
 * `output-exists`, `output-unwritable`.
 */
export const convertDiffdrrPose: Operation<ConvertDiffdrrPoseInput, ConvertDiffdrrPoseOutput> = async (
  input,
  { signal, onProgress },
) => {
  const { path, folder, caseName, volume, force, ...settings } = input
  throwIfCancelled(signal)
  onProgress({
    phase: 'convert',
    fraction: 0,
    message: `Reading ${basename(path)}`,
    elapsedMs: 0,
    remainingMs: null,
  })
  const read = await readDiffdrrFile(path)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'convert-diffdrr-pose',
      settings: { ...settings, caseName },
      inputs: [
        { role: 'pose', path },
        ...(volume === undefined ? [] : [{ role: 'volume', path: volume.path }]),
      ],
      recordPath: join(folder, `${caseName}.convert.provenance.json`),
      force,
    },
    convertDiffdrrPoseReportSchema,
    async (stage) => {
      const isocentreMm = await isocentreOf(input, signal)
      return read.kind === 'points'
        ? writePoints(read.points, isocentreMm, input, stage)
        : writePose(read, isocentreMm, input, stage)
    },
    signal,
  )
  return { ...report, folder, isUpToDate }
}

async function isocentreOf(
  { volume, isocentreMm }: ConvertDiffdrrPoseInput,
  signal: AbortSignal,
): Promise<Vector3> {
  if (isocentreMm !== undefined) return isocentreMm
  if (volume !== undefined) return gridCentreMm((await loadVolume(volume, signal)).summary.grid)
  throw new UserError(
    'geometry-missing',
    "DiffDRR's positions count from the centre of the CT, which the file does not tell.",
    'Give the CT with --volume, or its centre with --isocentre X,Y,Z (LPS mm).',
  )
}

async function writeJson(
  stage: StageOutput,
  folder: string,
  name: string,
  content: unknown,
): Promise<string> {
  await writeFileAtomic(await stage(join(folder, name)), `${JSON.stringify(content, null, 2)}\n`)
  return name
}

async function writePoints(
  points: readonly Vector3[],
  isocentreMm: Vector3,
  { folder, caseName }: ConvertDiffdrrPoseInput,
  stage: StageOutput,
): Promise<ConvertDiffdrrPoseReport> {
  const content: PointsFile = {
    schema: 'isocenter/points@1',
    frame: 'LPS',
    points: points.map((point, n) => ({
      name: String(n + 1),
      position: add(multiplyVector3(lpsFromRas, point), isocentreMm),
    })),
  }
  const file = await writeJson(stage, folder, `${caseName}.points.json`, content)
  return { kind: 'points', files: [file], mirroredColumns: false, warnings: [] }
}

async function writePose(
  { matrix, intrinsics }: Extract<DiffdrrFile, { kind: 'pose' }>,
  isocentreMm: Vector3,
  input: ConvertDiffdrrPoseInput,
  stage: StageOutput,
): Promise<ConvertDiffdrrPoseReport> {
  const { folder, caseName, orientation, reverseXAxis, halfTurn } = input
  if (orientation === undefined || reverseXAxis === undefined) {
    throw new UserError(
      'geometry-missing',
      'A pose of DiffDRR does not tell the orientation and the column direction that it is meant in.',
      "Give --orientation AP, PA or none and --reverse-x-axis or --no-reverse-x-axis; xvr's data are AP without reversal.",
    )
  }
  const side = { orientation, reverseXAxis }
  const detector = detectorOf(intrinsics, input)
  const turned: Matrix4 = halfTurn ? multiply4(matrix, affine(diagonal3(-1, -1, 1), [0, 0, 0])) : matrix
  const pose = poseFromDiffdrr(
    { rotation: linearPart(turned), translationMm: translationBeforeRotation(turned), ...side },
    isocentreMm,
  )
  const files = [
    await writeJson(stage, folder, `${caseName}.camera.json`, cameraFromDiffdrr(detector, side)),
    await writeJson(stage, folder, `${caseName}.pose.json`, {
      schema: 'isocenter/pose@1',
      frame: 'LPS',
      worldFromVolume: pose.cameraFromVolume,
    } satisfies PoseFile),
  ]
  const warnings = pose.mirroredColumns
    ? [
        `Orientation ${orientation} ${reverseXAxis ? 'with' : 'without'} reversed x axis shows the picture from the detector's side: camera and pose belong to the X-ray with its columns reversed ("isocenter xray mirror" writes it).`,
      ]
    : []
  return { kind: 'pose', files, mirroredColumns: pose.mirroredColumns, warnings }
}

/** Given numbers go first, then the file's. Errors: `geometry-missing`, naming all that is unknown. */
function detectorOf(intrinsics: Intrinsics, input: ConvertDiffdrrPoseInput): DiffdrrDetector {
  const { sddMm, imageSize, pixelSpacingMm, detectorOffsetMm } = input
  const sdd = sddMm ?? intrinsics.sdd
  const [width, height] = imageSize ?? [intrinsics.width, intrinsics.height]
  const delx = pixelSpacingMm?.[0] ?? intrinsics.delx
  // DiffDRR takes one number for square pixels and square pictures.
  const dely = pixelSpacingMm?.[1] ?? intrinsics.dely ?? delx
  if (
    sdd === undefined ||
    width === undefined ||
    height === undefined ||
    delx === undefined ||
    dely === undefined
  ) {
    const missing = [
      ...(sdd === undefined ? ['--sdd MM'] : []),
      ...(width === undefined || height === undefined ? ['--image-size W,H'] : []),
      ...(delx === undefined ? ['--pixel-spacing X,Y'] : []),
    ]
    throw new UserError(
      'geometry-missing',
      'The file does not tell the whole detector.',
      `Give ${missing.join(', ')}.`,
    )
  }
  return {
    sddMm: sdd,
    height,
    width,
    delxMm: delx,
    delyMm: dely,
    x0Mm: detectorOffsetMm?.[0] ?? intrinsics.x0 ?? 0,
    y0Mm: detectorOffsetMm?.[1] ?? intrinsics.y0 ?? 0,
  }
}
