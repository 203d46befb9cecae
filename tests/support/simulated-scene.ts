import { type Camera } from '../../native-workers/contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { cameraFromNumbers } from '../../native-workers/geometry/camera.js'
import {
  affine,
  distance,
  identity3,
  multiply4,
  subtract,
  multiplyVector3,
  transformPoint,
} from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { gridCentreMm, type Volume } from '../../native-workers/imaging/volume.js'
import { DrrRenderer } from '../../native-workers/rendering/cpu/drr-renderer.js'
import { normalGenerator } from './random.js'

/** A C-arm like the field's examples: 1020 mm to the detector, 750 mm to the isocentre. */
export const sourceToIsocentreMm = 750

export function acceptanceCamera(pixels: number, fieldMm = 410): Camera {
  return cameraFromNumbers({
    imageSize: { width: pixels, height: pixels },
    sddMm: 1020,
    pixelSpacingMm: [fieldMm / pixels, fieldMm / pixels],
  })
}

/** An AP view of the volume's centre: columns to the patient's left, rows to the feet, the beam from front to back. */
export function apPose(volume: Volume): Matrix4 {
  const rotation = [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ] as const
  const centre = multiplyVector3(rotation, gridCentreMm(volume.grid))
  return affine(rotation, subtract([0, 0, sourceToIsocentreMm], centre))
}

export interface Offset {
  readonly rotationRad: Vector3
  readonly translationMm: Vector3
}

/** The pose after turning about the volume's centre and moving, both in camera axes (cameraFromWorld = identity). */
export function offsetPose(pose: Matrix4, volume: Volume, { rotationRad, translationMm }: Offset): Matrix4 {
  const centre = transformPoint(pose, gridCentreMm(volume.grid))
  return multiply4(twistAbout(centre, identity3, rotationRad, translationMm), pose)
}

/** Uniform in a box; degrees and millimetres. */
export function randomOffset(uniform: () => number, rotationDeg: Vector3, translationMm: Vector3): Offset {
  const within = (limit: number) => (2 * uniform() - 1) * limit
  const rotationRad: Vector3 = [
    (within(rotationDeg[0]) * Math.PI) / 180,
    (within(rotationDeg[1]) * Math.PI) / 180,
    (within(rotationDeg[2]) * Math.PI) / 180,
  ]
  return {
    rotationRad,
    translationMm: [within(translationMm[0]), within(translationMm[1]), within(translationMm[2])],
  }
}

/** Points of a 120 mm cube about the centre, for mTRE. */
export function errorPoints(volume: Volume): Vector3[] {
  const centre = gridCentreMm(volume.grid)
  const offsets = [-60, 0, 60]
  return offsets.flatMap((x) =>
    offsets.flatMap((y) => offsets.map((z): Vector3 => [centre[0] + x, centre[1] + y, centre[2] + z])),
  )
}

/** Standard mTRE: mean distance between the points as two poses place them. */
export function meanTargetError(points: readonly Vector3[], a: Matrix4, b: Matrix4): number {
  const sum = points.reduce(
    (total, point) => total + distance(transformPoint(a, point), transformPoint(b, point)),
    0,
  )
  return sum / points.length
}

/** HU to attenuation of another beam than the engine's: softer tissue, harder bone. */
export function otherAttenuation(volume: Volume): Volume<Float32Array> {
  const voxels = new Float32Array(volume.voxels.length)
  for (let n = 0; n < voxels.length; n++) {
    const hu = volume.voxels[n]
    if (hu <= -900) continue
    voxels[n] = 0.0176 * (1 + Math.min(hu, 150) / 1000) + Math.max(0, hu - 150) * 0.000052
  }
  return { grid: volume.grid, voxels }
}

/** Simulates X-rays from a CT's native grid: half-voxel steps, other attenuation, photon noise. */
export class XraySimulator {
  private constructor(private readonly renderer: DrrRenderer) {}

  static async create(volume: Volume): Promise<XraySimulator> {
    return new XraySimulator(await DrrRenderer.create([{ volume: otherAttenuation(volume) }]))
  }

  /** Line integrals with the noise of `photons` per pixel through air. */
  render(camera: Camera, cameraFromVolume: Matrix4, photons: number, uniform: () => number): Float32Array {
    const pixels = this.renderer.render({
      level: 0,
      camera,
      cameraFromVolume,
      method: 'trilinear',
      stepVoxels: 0.5,
    })
    const normal = normalGenerator(uniform)
    return pixels.map((integral) => {
      const expected = photons * Math.exp(-integral)
      const counted = Math.max(1, expected + Math.sqrt(expected) * normal())
      return Math.log(photons / counted)
    })
  }

  dispose(): void {
    this.renderer.dispose()
  }
}
