import { loadOpenCV } from '@opencvjs/node'
import { type Matrix3, type Matrix4, type Vector2, type Vector3 } from '../contract/matrix.js'
import { affine } from './matrix.js'
import { rotationFromVector } from './rigid.js'

export interface PnpRansacResult {
  readonly cameraFromVolume: Matrix4
  /** Indices of the pairs within the threshold. */
  readonly inliers: readonly number[]
}

const iterations = 1000
const confidence = 0.999

/**
 * OpenCV's solvePnPRansac with three-point samples: the pose under which most of at least four points project
 * to within `inlierPixels` of their pixels; null where it finds none. The same input gives the same answer.
 * @param points volume LPS mm
 * @param pixels of the points, in the same order
 */
export async function solvePnpRansac(
  points: readonly Vector3[],
  pixels: readonly Vector2[],
  intrinsics: Matrix3,
  inlierPixels: number,
): Promise<PnpRansacResult | null> {
  const cv = await loadOpenCV()
  const float64 = Number(cv.CV_64F)
  const matrices = {
    points: cv.matFromArray(points.length, 3, float64, points.flat()),
    pixels: cv.matFromArray(pixels.length, 2, float64, pixels.flat()),
    intrinsics: cv.matFromArray(3, 3, float64, intrinsics.flat()),
    distortion: cv.Mat.zeros(4, 1, float64),
    rotation: new cv.Mat(),
    translation: new cv.Mat(),
    inliers: new cv.Mat(),
  }
  try {
    const found = cv.solvePnPRansac(
      matrices.points,
      matrices.pixels,
      matrices.intrinsics,
      matrices.distortion,
      matrices.rotation,
      matrices.translation,
      false,
      iterations,
      inlierPixels,
      confidence,
      matrices.inliers,
      Number(cv.SOLVEPNP_AP3P),
    )
    if (!found) return null
    const [wx, wy, wz] = matrices.rotation.data64F
    const [x, y, z] = matrices.translation.data64F
    return {
      cameraFromVolume: affine(rotationFromVector([wx, wy, wz]), [x, y, z]),
      inliers: [...matrices.inliers.data32S],
    }
  } finally {
    // OpenCV's matrices live outside the garbage collector.
    for (const matrix of Object.values(matrices)) matrix.delete()
  }
}

/** The least size of a transform, at least `size`, that `fourierTransform` computes fast. */
export async function fourierLength(size: number): Promise<number> {
  const cv = await loadOpenCV()
  return cv.getOptimalDFTSize(size)
}

/**
 * Two-dimensional discrete Fourier transform in float64. The inverse is scaled, so that both ways give the input back.
 * @param values complex numbers, real and imaginary part after each other, row-major
 */
export async function fourierTransform(
  values: Float64Array,
  rows: number,
  columns: number,
  direction: 'forward' | 'inverse',
): Promise<Float64Array> {
  const cv = await loadOpenCV()
  const [inverse, scale] = [1, 2]
  const matrix = new cv.Mat(rows, columns, Number(cv.CV_64FC2))
  try {
    matrix.data64F.set(values)
    cv.dft(matrix, matrix, direction === 'forward' ? 0 : inverse | scale, 0)
    return matrix.data64F.slice()
  } finally {
    matrix.delete()
  }
}
