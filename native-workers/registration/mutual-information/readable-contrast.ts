import { type RegistrationScene } from '../registration-scene.js'
import { invertContrast } from './invert-contrast.js'

/** A scene in which a start was found, and how well it fits there; losses of both contrasts are of the same metric. */
export interface FoundStart {
  readonly scene: RegistrationScene
  readonly loss: number
}

/** The note of a view whose X-ray was compared with its contrast turned round. */
export const invertedNote =
  'The X-ray shows attenuation dark, as it was found; it was compared with its contrast turned round.'

/** Below this loss a start has found its basin, which it does in the right contrast only. */
const convincingLoss = 0.3

/**
 * Finds a start in the X-rays as they are and, unless that convinces, with their contrast turned round, and keeps what fits better: for X-rays
 * of unknown contrast, since what finds a basin compares by NCC.
 */
export async function withReadableContrast<Start extends FoundStart>(
  scene: RegistrationScene,
  find: (scene: RegistrationScene) => Promise<Start>,
): Promise<Start & { readonly inverted: boolean }> {
  const asIs = await find(scene)
  if (asIs.loss < convincingLoss) return { ...asIs, inverted: false }
  const inverted = await find(invertContrast(scene))
  return inverted.loss < asIs.loss ? { ...inverted, inverted: true } : { ...asIs, inverted: false }
}
