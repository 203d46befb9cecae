import { type Matrix4 } from '../../contract/matrix.js'
import { invertRigid, multiply4 } from '../matrix.js'
import { reflectionOfX } from '../mirrored-camera.js'
import { type RigidWarp } from './rigid-warp.js'

/**
 * A pose that was found on a template (a prepared, co-registered or mirrored volume), for the patient's own volume:
 * worldFromPatient = worldFromTemplate patientFromTemplate⁻¹. A warp that mirrors belongs to an X-ray that was mirrored
 * too, so the world is mirrored back: S worldFromTemplate patientFromTemplate⁻¹ (specification §4.3 and §6, step 2).
 */
export function poseThroughWarp(worldFromTemplate: Matrix4, warp: RigidWarp): Matrix4 {
  // The inverse by the transpose holds for a mirror as well.
  const worldFromPatient = multiply4(worldFromTemplate, invertRigid(warp.patientFromTemplate))
  return warp.isMirror ? multiply4(reflectionOfX, worldFromPatient) : worldFromPatient
}
