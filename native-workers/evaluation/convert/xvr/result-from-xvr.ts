import { basename, extname } from 'node:path'
import { UserError } from '../../../contract/errors.js'
import { type InputRecord } from '../../../contract/files/input-record.js'
import {
  type SavedRegistrationResult,
  type TrajectoryPoint,
} from '../../../contract/files/registration-result.js'
import { type ConvertXvrResultInput } from '../../../contract/operations/convert-xvr.js'
import { type RegisterInput, registerInputSchema } from '../../../contract/operations/register.js'
import { type FrameChoice, type VolumeSource } from '../../../contract/operations/sources.js'
import { type VolumeGrid } from '../../../contract/operations/volume.js'
import { version } from '../../../contract/version.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import {
  distance,
  invertRigid,
  linearPart,
  multiply4,
  norm,
  transformPoint,
} from '../../../geometry/matrix.js'
import { rotationAngleRad } from '../../../geometry/rigid.js'
import { toDegrees } from '../../../geometry/rotations/euler.js'
import {
  anglesDegOf,
  halfVoxelDisplacementMm,
  isocentreOf,
  translationBeforeRotation,
  type XvrGeometry,
  xvrGeometry,
  type XvrSide,
} from './xvr-geometry.js'
import { type XvrResult } from './xvr-result.js'

export interface XvrContext {
  readonly input: ConvertXvrResultInput
  /** The file of xvr. */
  readonly source: string
  readonly volume: VolumeSource
  readonly grid: VolumeGrid
  readonly xrayPath: string
  /** Undefined where the X-ray is not at hand. */
  readonly xraySize: { readonly width: number; readonly height: number } | undefined
  readonly inputs: InputRecord[]
}

/** The result as registered by xvr, with what had to be assumed in words. Errors: `geometry-missing`, `geometry-invalid`. */
export function resultFromXvr(
  xvr: XvrResult,
  context: XvrContext,
): { readonly result: SavedRegistrationResult; readonly warnings: string[] } {
  const { input, source, grid, xrayPath, xraySize, inputs } = context
  const warnings: string[] = []
  const crop = cropOf(xvr, context)
  requireSize(xvr, crop, context)
  const side = sideOf(xvr, context)
  const offset = input.detectorOffsetMm ?? xvr.detectorOffsetMm
  if (offset === undefined) {
    warnings.push(
      "The file does not record the detector's offset (x0, y0); it is taken as 0. --detector-offset X,Y changes it.",
    )
  }
  if (xraySize === undefined) {
    warnings.push(`The X-ray "${xrayPath}" is not there; its path is kept, its size was not checked.`)
  }
  const displaced = halfVoxelDisplacementMm(grid)
  if (xvr.isDisplaced && !input.undoHalfVoxel) {
    warnings.push(
      `xvr's main branch renders volumes displaced by half a voxel, here ${norm(displaced).toFixed(2)} mm, unless told otherwise; the pose is kept as recorded. --undo-half-voxel takes it out.`,
    )
  }
  const isocentreMm = isocentreOf(grid)
  const geometry = xvrGeometry(
    { ...xvr.detector, x0Mm: offset?.[0] ?? 0, y0Mm: offset?.[1] ?? 0 },
    side,
    crop,
    isocentreMm,
    input.undoHalfVoxel ? displaced : [0, 0, 0],
  )
  const initial = geometry.poseOfMatrix(xvr.initial)
  if (xvr.final === undefined) warnings.push('xvr only estimated an initial pose; the final one is the same.')
  const final = geometry.poseOfMatrix(xvr.final ?? xvr.initial)
  const trajectory = trajectoryPoints(xvr, geometry, { final, isocentreMm }, warnings)
  const settings = settingsFor(xvr, context, { geometry, side, crop, warnings })
  const notes = geometry.mirroredColumns
    ? [
        'xvr shows this picture from the detector’s side; the X-ray’s columns are reversed for the comparison.',
      ]
    : []
  const result: SavedRegistrationResult = {
    schema: 'isocenter/registration@1',
    frame: 'LPS',
    created: new Date().toISOString(),
    version,
    initial: { worldFromVolume: initial },
    final: { worldFromVolume: final },
    isocentreMm,
    views: [
      {
        xray: basename(xrayPath),
        camera: geometry.camera,
        cameraFromVolume: final,
        similarity: null,
        notes,
      },
    ],
    trajectory,
    renders: trajectory.length,
    secondsPerPhase: xvr.runtimeSeconds === undefined ? {} : { xvr: xvr.runtimeSeconds },
    confidence: null,
    verdict: { level: 'check', reasons: ['Converted from xvr; not judged.'] },
    settings,
    inputs,
    warnings: [`Converted from "${basename(source)}" of xvr.`, ...warnings],
  }
  return { result, warnings }
}

/** As recorded or given, else what the X-ray has more than the picture that xvr compared. */
function cropOf(xvr: XvrResult, { input, xraySize }: XvrContext): number {
  const known = input.crop ?? xvr.xray.crop
  if (known !== undefined) return known
  if (xraySize !== undefined) return Math.max(0, xraySize.height - xvr.detector.height)
  throw new UserError(
    'geometry-missing',
    'The file does not record how much of the X-ray was cropped, and the X-ray is not there to tell.',
    'Give the X-ray with --xray, or --crop PIXELS.',
  )
}

function requireSize({ detector }: XvrResult, crop: number, { xraySize, xrayPath }: XvrContext): void {
  if (xraySize === undefined) return
  const [width, height] = [detector.width + crop, detector.height + crop]
  if (xraySize.width === width && xraySize.height === height) return
  throw new UserError(
    'geometry-invalid',
    `xvr registered a picture of ${width} x ${height} pixels before its crop of ${crop}, but "${basename(xrayPath)}" has ${xraySize.width} x ${xraySize.height}.`,
    'Give the X-ray that was registered with --xray.',
  )
}

/** An X-ray that xvr turned from PF to AF is, as it lies in its file, the picture of the other column direction. */
function sideOf(xvr: XvrResult, { input }: XvrContext): XvrSide {
  const orientation = input.orientation ?? xvr.orientation
  if (orientation === undefined) {
    throw new UserError(
      'geometry-missing',
      'The file does not record the orientation that its poses are meant in.',
      "Give --orientation AP, PA or none, as in xvr's own command; its default is AP.",
    )
  }
  return { orientation, reverseXAxis: xvr.reverseXAxis !== xvr.posteriorFootToAnteriorFoot }
}

/** Poses of the iterations; left out where they do not lead to the final pose, since then they mean something else. */
function trajectoryPoints(
  xvr: XvrResult,
  { poseOfAngles }: XvrGeometry,
  { final, isocentreMm }: { readonly final: Matrix4; readonly isocentreMm: Vector3 },
  warnings: string[],
): TrajectoryPoint[] {
  const points = xvr.trajectory.map(
    ({ stage, anglesRad, translationMm, similarity, seconds }, row): TrajectoryPoint => ({
      stage: `scale ${xvr.scales[stage] ?? stage + 1}`,
      render: row + 1,
      seconds,
      loss: 1 - similarity,
      accepted: true,
      worldFromVolume: poseOfAngles(anglesRad, translationMm),
    }),
  )
  const last = points.at(-1)
  if (last === undefined) {
    warnings.push('The file holds no trajectory that can be read.')
    return []
  }
  const rotationDeg = toDegrees(
    rotationAngleRad(linearPart(multiply4(invertRigid(last.worldFromVolume), final))),
  )
  const shiftMm = distance(
    transformPoint(last.worldFromVolume, isocentreMm),
    transformPoint(final, isocentreMm),
  )
  if (rotationDeg < 0.1 && shiftMm < 1) return points
  warnings.push(
    `The trajectory was left out: it ends ${rotationDeg.toFixed(1)}° and ${shiftMm.toFixed(1)} mm from the final pose.`,
  )
  return []
}

function frameOf(frame: string | number | undefined, warnings: string[]): FrameChoice {
  if (typeof frame === 'number' && frame >= 0) return frame
  if (frame === 'sum') return 'mean'
  if (frame !== 'max' && frame !== undefined) {
    warnings.push(`xvr reduced frames by "${frame}", which does not exist here; the maximum is taken.`)
  }
  return 'max'
}

interface ConvertedSettings {
  readonly geometry: XvrGeometry
  readonly side: XvrSide
  readonly crop: number
  readonly warnings: string[]
}

/** The request that would register the same in xvr's way: its density and schedule; collimators are masked, though. */
function settingsFor(
  xvr: XvrResult,
  { input, volume, xrayPath }: XvrContext,
  { geometry, side, crop, warnings }: ConvertedSettings,
): RegisterInput {
  const linearize = input.linearize ?? xvr.xray.linearize
  const subtractBackground = input.subtractBackground ?? xvr.xray.subtractBackground
  if (linearize === undefined || subtractBackground === undefined) {
    warnings.push(
      "The file does not record how the X-ray was prepared; xvr's defaults are taken: linearized, background kept. --no-linearize and --subtract-background change it.",
    )
  }
  // Pictures hold one frame, and choosing among frames is for DICOM.
  const hasFrames = !['.png', '.jpg', '.jpeg', '.tif', '.tiff'].includes(extname(xrayPath).toLowerCase())
  return registerInputSchema.parse({
    views: [
      {
        xray: {
          path: xrayPath,
          frame: hasFrames ? frameOf(xvr.xray.frame, warnings) : 0,
          preprocessing: {
            crop,
            subtractBackground: subtractBackground ?? false,
            linearize: linearize ?? true,
          },
        },
        camera: { kind: 'camera', camera: geometry.xrayCamera },
      },
    ],
    volume,
    labels:
      xvr.maskPath === undefined || xvr.labels.length === 0
        ? undefined
        : { path: xvr.maskPath, structures: xvr.labels },
    initial: {
      kind: 'fixed',
      rotationDeg: anglesDegOf(xvr.initial),
      translationMm: translationBeforeRotation(xvr.initial),
      ...side,
    },
    metric: 'gmncc',
    optimizer: 'adam',
    scales: xvr.scales.length === 0 ? undefined : [...xvr.scales],
    attenuation: 'density',
    capRays: false,
    confidence: 'none',
  })
}
