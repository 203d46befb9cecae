import { resolve } from 'node:path'
import { UserError } from '../../../contract/errors.js'
import { type Camera } from '../../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { diffdrrFromCamera, diffdrrFromPose, isMirrored } from '../../../geometry/adapters/diffdrr.js'
import { intrinsicNumbers } from '../../../geometry/camera.js'
import { affine, multiply4, multiplyVector3 } from '../../../geometry/matrix.js'
import { eulerFromRotation } from '../../../geometry/rotations/euler.js'
import { PythonFloat, type WrittenValue, WrittenTensor } from '../../../imaging/torch-file/write-pickle.js'
import { type RegistrationRecord } from '../../saved-registration/read-saved-registration.js'
import { type XvrSide } from './xvr-geometry.js'

/**
 * The dictionary that xvr's main branch saves (specification §4.5). What is not xvr's is left out or None.
 * Errors: `geometry-missing` (the camera knows no pixel spacing), `input-invalid` (a side that the X-ray is not seen from).
 * @param isocentreMm the CT's centre, which DiffDRR's poses count from; LPS
 */
export function parametersForXvr(
  { result, input }: RegistrationRecord,
  viewIndex: number,
  side: XvrSide,
  isocentreMm: Vector3,
): { readonly parameters: WrittenValue; readonly warnings: string[] } {
  const view = result.views[viewIndex]
  const { xray } = input.views[viewIndex]
  requireSameSide(input, side)
  const detector = diffdrrFromCamera(withOneDistance(view.camera), side)
  const poseOf = (worldFromVolume: Matrix4) =>
    diffdrrFromPose(
      multiply4(view.camera.cameraFromWorld, worldFromVolume),
      isocentreMm,
      side.orientation,
      side.reverseXAxis,
    )
  const matrixOf = (worldFromVolume: Matrix4) => {
    const { rotation, translationMm } = poseOf(worldFromVolume)
    return new WrittenTensor(
      'float32',
      [1, 4, 4],
      affine(rotation, multiplyVector3(rotation, translationMm)).flat(),
    )
  }
  const warnings: string[] = []
  const { invert, autoMask } = xray.preprocessing
  if (invert || autoMask || xray.maskPath !== undefined) {
    warnings.push(
      'xvr has no masks and does not invert; what the X-ray was masked or inverted by is not kept.',
    )
  }
  if (result.views.length > 1) warnings.push(`Only X-ray ${viewIndex + 1} of ${result.views.length} is kept.`)
  const labels = input.labels
  const parameters = {
    drr: {
      volume: resolve(input.volume.path),
      mask: labels === undefined ? null : resolve(labels.path),
      labels: labels === undefined || labels.structures.length === 0 ? null : labels.structures,
      orientation: side.orientation === 'none' ? null : side.orientation,
      sdd: new PythonFloat(detector.sddMm),
      height: detector.height,
      width: detector.width,
      delx: new PythonFloat(detector.delxMm),
      dely: new PythonFloat(detector.delyMm),
      x0: new PythonFloat(detector.x0Mm),
      y0: new PythonFloat(detector.y0Mm),
      reverse_x_axis: side.reverseXAxis,
      renderer: 'trilinear',
      read_kwargs: {},
      drr_kwargs: {},
    },
    xray: {
      filename: resolve(xray.path),
      crop: xray.preprocessing.crop,
      subtract_background: xray.preprocessing.subtractBackground,
      linearize: xray.preprocessing.linearize,
      reducefn: xray.frame === 'mean' ? 'sum' : xray.frame,
    },
    optimization: {
      init_only: false,
      scales: input.scales ?? null,
      n_itrs: null,
      parameterization: 'euler_angles',
      convention: 'ZXY',
      lr_rot: null,
      lr_xyz: null,
      patience: null,
      max_n_plateaus: null,
    },
    init_pose: matrixOf(result.initial.worldFromVolume),
    final_pose: matrixOf(result.final.worldFromVolume),
    type: 'isocenter',
    pf_to_af: false,
    runtime: new PythonFloat(Object.values(result.secondsPerPhase).reduce((sum, each) => sum + each, 0)),
    trajectory: trajectoryColumns(result.trajectory, poseOf),
  }
  return { parameters, warnings }
}

/** The columns of xvr's table; learning rates do not exist here. */
function trajectoryColumns(
  points: RegistrationRecord['result']['trajectory'],
  poseOf: (worldFromVolume: Matrix4) => ReturnType<typeof diffdrrFromPose>,
): WrittenValue {
  const rows = points.map(({ worldFromVolume, loss, seconds }, index) => {
    const { rotation, translationMm } = poseOf(worldFromVolume)
    const duration = index === 0 ? 0 : seconds - points[index - 1].seconds
    return [...eulerFromRotation('ZXY', rotation), ...translationMm, 1 - loss, duration]
  })
  const names = ['r1', 'r2', 'r3', 'tx', 'ty', 'tz', 'ncc', 'times']
  return Object.fromEntries(
    names.map((name, column) => [
      name,
      new WrittenTensor(
        'float64',
        [rows.length],
        rows.map((row) => row[column]),
      ),
    ]),
  )
}

/** The result's camera belongs to the picture as it was compared, so the columns must run the same way. */
function requireSameSide({ initial }: RegistrationRecord['input'], side: XvrSide): void {
  const start = initial.kind === 'fixed' ? initial : initial.kind === 'search' ? initial.nominal : undefined
  const compared = start === undefined ? false : isMirrored(start)
  if (isMirrored(side) === compared) return
  throw new UserError(
    'input-invalid',
    `The X-ray was compared as seen from the ${compared ? 'detector’s' : 'source’s'} side, and orientation ${side.orientation} ${side.reverseXAxis ? 'with' : 'without'} reversed x axis shows the other one.`,
    'Reverse the x axis, or choose another orientation.',
  )
}

/** DiffDRR knows one distance for rows and columns: the row pitch is what makes fy right. */
function withOneDistance(camera: Camera): Camera {
  if (camera.pixelSpacingMm === undefined) return camera
  const { fx, fy } = intrinsicNumbers(camera)
  const [delxMm] = camera.pixelSpacingMm
  return { ...camera, pixelSpacingMm: [delxMm, (fx * delxMm) / fy] }
}
