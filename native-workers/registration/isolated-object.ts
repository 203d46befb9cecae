import { type Matrix4 } from '../contract/matrix.js'
import { areaResample } from '../imaging/picture/area-resample.js'
import { scaleCamera } from '../geometry/camera.js'
import { type VolumeRenderer } from '../rendering/volume-renderers.js'
import { cameraFromVolume } from './pose-problem.js'
import { type RegistrationView } from './registration-scene.js'

/** Edge of the picture on which it is decided. */
const edgePixels = 96
const shadowShare = 0.02
/** An object that casts its shadow on less than this share of the picture may be one of several. */
const wholeShare = 0.6
/** Contrast outside the shadow, as a share of that inside, above which other things cast shadows too. */
const foreignContrast = 0.35

/**
 * Whether the X-ray shows things that the volume does not hold, as with a bone cut out of its surroundings: beyond the
 * object's shadow at the starting pose the picture is not the even field that air gives.
 */
export function isIsolatedObject(
  rendered: VolumeRenderer,
  views: readonly RegistrationView[],
  worldFromVolume: Matrix4,
): boolean {
  return views.every((view) => {
    const { inside, outside, share } = contrasts(rendered, view, worldFromVolume)
    return share > 0 && share < wholeShare && outside > foreignContrast * inside
  })
}

/** Standard deviation of the X-ray inside and outside the shadow, and the shadow's share of the picture. */
function contrasts(rendered: VolumeRenderer, view: RegistrationView, worldFromVolume: Matrix4) {
  const { width, height } = view.picture
  const scale = edgePixels / Math.max(width, height)
  const size = [Math.max(8, Math.round(width * scale)), Math.max(8, Math.round(height * scale))] as const
  const picture = areaResample(view.picture, size[0], size[1])
  const camera = scaleCamera(view.camera, size[0], size[1])
  const drr = rendered.renderer.render({
    level: rendered.levelSpacingsMm.length - 1,
    camera,
    cameraFromVolume: cameraFromVolume(camera, worldFromVolume),
    method: 'trilinear',
  })
  const brightest = drr.reduce((max, value) => Math.max(max, value), 0)
  const groups = { inside: [0, 0, 0], outside: [0, 0, 0] }
  for (let n = 0; n < drr.length; n++) {
    if (picture.valid[n] === 0) continue
    const sums = drr[n] > shadowShare * brightest ? groups.inside : groups.outside
    sums[0]++
    sums[1] += picture.pixels[n]
    sums[2] += picture.pixels[n] ** 2
  }
  const deviation = ([count, sum, squares]: readonly number[]) =>
    count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  const total = groups.inside[0] + groups.outside[0]
  return {
    inside: deviation(groups.inside),
    outside: deviation(groups.outside),
    share: total === 0 ? 0 : groups.inside[0] / total,
  }
}
