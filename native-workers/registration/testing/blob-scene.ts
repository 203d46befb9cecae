import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { worldFromCamera } from '../../geometry/camera.js'
import {
  affine,
  multiply4,
  multiplyVector3,
  subtract,
  transformPoint,
  translation4,
  transpose3,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { gridCentreMm, type Volume } from '../../imaging/volume.js'
import { attenuationPyramid } from '../../rendering/attenuation-pyramid.js'
import { DrrRenderer } from '../../rendering/cpu/drr-renderer.js'
import {
  blobVolume,
  obliqueCamera,
  obliqueGrid,
  posedBefore,
} from '../../rendering/testing/analytic-volumes.js'
import { cameraFromVolume, movePose, poseProblem } from '../pose-problem.js'
import { type RegistrationScene } from '../registration-scene.js'

/** X-rays of known pose: Gaussian blobs on an oblique grid, non-square pixels, principal points off the centre. */
export interface BlobScene {
  readonly scene: RegistrationScene
  readonly truth: Matrix4
  /** The truth moved by a twist: rotation (rad, 3), translation (mm, 3) in the first camera's axes. */
  readonly moved: (twist: ArrayLike<number>) => Matrix4
  readonly dispose: () => void
}

export const smallTwist = [0.06, -0.05, 0.07, 5, -4, 12] as const

export interface BlobSceneOptions {
  readonly views?: 1 | 2
  readonly width?: number
  readonly height?: number
  /** Width of the detector; with less than 160 the blobs reach beyond the picture. */
  readonly fieldMm?: number
  /** Another intensity of the X-ray for each of its line integrals. */
  readonly contrast?: (integral: number) => number
  readonly threads?: number
  /** Instead of the blobs, on the same grid. */
  readonly volume?: Volume<Float32Array>
}

/** Build once per test file; `dispose` ends its threads. */
export async function blobScene(options: BlobSceneOptions = {}): Promise<BlobScene> {
  const {
    views = 1,
    width = 72,
    height = 60,
    fieldMm,
    contrast = (integral: number) => integral,
    threads = 2,
  } = options
  const levels = attenuationPyramid(options.volume ?? blobVolume(obliqueGrid))
  const renderer = await DrrRenderer.create(
    levels.map((volume) => ({ volume })),
    { threads },
  )
  const centreMm = gridCentreMm(obliqueGrid)
  const first = obliqueCamera(width, height, fieldMm)
  const truth = multiply4(worldFromCamera(first), posedBefore(centreMm))
  const cameras = views === 1 ? [first] : [first, fromTheSide(first)]
  const scene: RegistrationScene = {
    renderer,
    levelSpacingsMm: levels.map(({ grid }) => grid.spacingMm[0]),
    content: null,
    problem: poseProblem(centreMm, first),
    isolated: false,
    robustScale: 0,
    views: cameras.map((camera, n) => {
      const integrals = renderer.render({
        level: 0,
        camera,
        cameraFromVolume: cameraFromVolume(camera, truth),
        method: 'trilinear',
        stepVoxels: 0.5,
      })
      const pixels = integrals.map(contrast)
      return {
        name: `view ${n + 1}`,
        camera,
        picture: { width, height, pixels, valid: new Uint8Array(width * height).fill(1) },
      }
    }),
  }
  return {
    scene,
    truth,
    moved: (twist) => movePose(scene.problem, truth, twist),
    dispose: () => {
      renderer.dispose()
    },
  }
}

/** How far a pose puts the volume's centre from where another does: along columns, rows and view of the first X-ray; mm. */
export function centreOffsetMm({ problem }: RegistrationScene, pose: Matrix4, reference: Matrix4): Vector3 {
  const offset = subtract(transformPoint(pose, problem.centreMm), transformPoint(reference, problem.centreMm))
  return multiplyVector3(transpose3(problem.axesInWorld), offset)
}

/** The camera turned a quarter about the columns of its picture through a point in front of it. */
function fromTheSide(camera: Camera): Camera {
  const pivot: Vector3 = [0, 0, 700]
  const turn = multiply4(
    translation4(pivot),
    affine(rotationFromVector([0, 1.5, 0]), [0, 0, 0]),
    translation4([-pivot[0], -pivot[1], -pivot[2]]),
  )
  return { ...camera, cameraFromWorld: multiply4(turn, camera.cameraFromWorld) }
}
