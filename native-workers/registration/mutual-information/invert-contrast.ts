import { type RegistrationScene } from '../registration-scene.js'

/**
 * The scene with its X-rays' contrast turned round, brightest to darkest. Mutual information does not mind, but what
 * finds its basin does: the first stage and the search compare by NCC.
 */
export function invertContrast(scene: RegistrationScene): RegistrationScene {
  const views = scene.views.map((view) => {
    const { pixels, valid } = view.picture
    let [low, high] = [Infinity, -Infinity]
    for (let n = 0; n < pixels.length; n++) {
      if (valid[n] === 0) continue
      low = Math.min(low, pixels[n])
      high = Math.max(high, pixels[n])
    }
    return { ...view, picture: { ...view.picture, pixels: pixels.map((value) => low + high - value) } }
  })
  return { ...scene, views }
}
