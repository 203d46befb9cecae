import { type Matrix4 } from '../../contract/matrix.js'
import { type DiffdrrPose } from '../../geometry/adapters/diffdrr.js'
import { affine, multiplyVector3 } from '../../geometry/matrix.js'
import { componentsFromPose } from '../../geometry/rotations/parameterization.js'
import { type NetworkFrame } from './network-frame.js'

/** DiffDRR's E = [R | R t]: camera to world, RAS mm about the isocentre, without the orientation matrix. */
export const extrinsicFromDiffdrr = ({
  rotation,
  translationMm,
}: Pick<DiffdrrPose, 'rotation' | 'translationMm'>): Matrix4 =>
  affine(rotation, multiplyVector3(rotation, translationMm))

/** The numbers that a network should give for E: the rotation's, then the translation in the network's unit. */
export function targetsFromExtrinsic(extrinsic: Matrix4, { network }: NetworkFrame): number[] {
  const { parameterization: name, convention, unitConversionFactor } = network
  const { rotation, translation } = componentsFromPose({ name, convention }, extrinsic)
  return [...rotation, ...translation.map((mm) => mm / unitConversionFactor)]
}
