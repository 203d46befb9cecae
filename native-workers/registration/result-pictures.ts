import { type Matrix4 } from '../contract/matrix.js'
import { type RegisterOutput } from '../contract/operations/register.js'
import { scaleCamera } from '../geometry/camera.js'
import { areaResample, type GreyPicture } from '../imaging/picture/area-resample.js'
import { cameraFromVolume } from './pose-problem.js'
import { type RegistrationScene, type RegistrationView } from './registration-scene.js'

type ResultPicture = RegisterOutput['pictures'][number]

/** Longest edge of a saved picture. */
const maxEdge = 1024
const edgeColour = [255, 140, 0] as const
/** Share of the object's shadow that is drawn as edges. */
const edgeShare = 0.07
/** Shadow: brighter than this share of the DRR's brightest pixel. */
const shadowShare = 0.02

/** X-ray, DRR at the start (on coarser voxels, it is only to be looked at) and at the end, and the final DRR's edges over the X-ray, for every view. */
export function resultPictures(scene: RegistrationScene, initial: Matrix4, final: Matrix4): ResultPicture[] {
  const several = scene.views.length > 1
  return scene.views.flatMap((view, index) => {
    const suffix = several ? `-${index + 1}` : ''
    const { width, height } = view.picture
    const scale = Math.min(1, maxEdge / Math.max(width, height))
    const size = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))] as const
    const xray = areaResample(view.picture, size[0], size[1])
    const before = renderAt(scene, view, size, initial, Math.min(1, scene.levelSpacingsMm.length - 1))
    const after = renderAt(scene, view, size, final, 0)
    const xrayBytes = toBytes(xray)
    const grey = (name: string, pixels: Uint8Array<ArrayBuffer>): ResultPicture => ({
      name: `${name}${suffix}.png`,
      width: size[0],
      height: size[1],
      channels: 1,
      pixels,
    })
    return [
      grey('xray', xrayBytes),
      grey('drr-initial', toBytes(before)),
      grey('drr-final', toBytes(after)),
      { ...grey('overlay', withEdges(xrayBytes, after)), channels: 3 },
    ]
  })
}

function renderAt(
  scene: RegistrationScene,
  view: RegistrationView,
  [width, height]: readonly [number, number],
  worldFromVolume: Matrix4,
  level: number,
): GreyPicture {
  const camera = scaleCamera(view.camera, width, height)
  const pixels = scene.renderer.render({
    level,
    camera,
    cameraFromVolume: cameraFromVolume(camera, worldFromVolume),
    method: 'trilinear',
  })
  return { width, height, pixels, valid: new Uint8Array(width * height).fill(1) }
}

/** Grey levels between the 0.5th and 99.5th percentile of the valid pixels; others black. */
function toBytes({ pixels, valid }: GreyPicture): Uint8Array<ArrayBuffer> {
  const sorted = pixels.filter((_, n) => valid[n] !== 0).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const [low, high] = [at(0.005), at(0.995)]
  const factor = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(pixels, (value, n) =>
    valid[n] === 0 ? 0 : Math.round(Math.min(255, Math.max(0, (value - low) * factor))),
  )
}

/** RGB: the picture, and over it the steepest ridges of the DRR's gradient, one pixel thin. */
export function withEdges(xray: Uint8Array, drr: GreyPicture): Uint8Array<ArrayBuffer> {
  const { width, height, pixels } = drr
  const slope = new Float32Array(width * height)
  const isRidge = new Uint8Array(width * height)
  const slopeX = (n: number) => pixels[n + 1] - pixels[n - 1]
  const slopeY = (n: number) => pixels[n + width] - pixels[n - width]
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const n = y * width + x
      slope[n] = Math.hypot(slopeX(n), slopeY(n))
    }
  }
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const n = y * width + x
      const across = Math.abs(slopeX(n)) > Math.abs(slopeY(n)) ? 1 : width
      if (slope[n] > slope[n - across] && slope[n] >= slope[n + across]) isRidge[n] = 1
    }
  }
  const ridges = slope.filter((_, n) => isRidge[n] === 1).sort()
  const brightest = pixels.reduce((most, value) => Math.max(most, value), 0)
  const shadow = pixels.reduce((count, value) => (value > shadowShare * brightest ? count + 1 : count), 0)
  const kept = Math.min(ridges.length, Math.round(edgeShare * shadow))
  const threshold = ridges.length > 0 ? ridges[ridges.length - Math.max(1, kept)] : Infinity
  const rgb = new Uint8Array(width * height * 3)
  for (let n = 0; n < width * height; n++) {
    const edge = isRidge[n] === 1 && slope[n] >= threshold && slope[n] > 0
    for (let channel = 0; channel < 3; channel++) rgb[3 * n + channel] = edge ? edgeColour[channel] : xray[n]
  }
  return rgb
}
