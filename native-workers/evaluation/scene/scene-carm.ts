import { type SceneCarm } from '../../contract/files/scene-document.js'
import { type Matrix4, type Vector2, type Vector3 } from '../../contract/matrix.js'
import { intrinsicNumbers, pixelInWorld, sourceInWorld, sourceToDetectorMm } from '../../geometry/camera.js'
import { invertRigid, multiply4, transformPoint } from '../../geometry/matrix.js'
import { areaResample } from '../../imaging/picture/area-resample.js'
import { greyLevel, greyRange } from '../display/grey-levels.js'
import { type SavedView } from '../saved-registration/open-saved-registration.js'
import { pack } from './pack.js'

/** Longest side of the X-ray on the detector. */
const textureSide = 768
/** What the comparison left out is shown this dark. */
const invalidShare = 0.4
/** Where a detector of unknown distance is drawn, in distances of the isocentre. */
const assumedDistanceFactor = 1.4

/** A view's C-arm in the volume's LPS mm; `note` says what had to be assumed. */
export async function sceneCarm(
  { name, camera, picture, mirroredColumns }: SavedView,
  worldFromVolume: Matrix4,
  isocentreMm: Vector3,
): Promise<{ carm: SceneCarm; notes: string[] }> {
  const notes: string[] = []
  const volumeFromWorld = invertRigid(worldFromVolume)
  const isocentreDepthMm = transformPoint(multiply4(camera.cameraFromWorld, worldFromVolume), isocentreMm)[2]
  const knownMm = sourceToDetectorMm(camera)
  const detectorMm = knownMm ?? assumedDistanceFactor * Math.abs(isocentreDepthMm)
  if (knownMm === null) {
    notes.push(
      `${name}: the detector's distance is not known; it is drawn ${detectorMm.toFixed(0)} mm from the source.`,
    )
  }
  if (mirroredColumns) notes.push(`${name}: shown mirrored, as it was compared.`)
  const place = (pixel: Vector2): Vector3 =>
    transformPoint(volumeFromWorld, pixelInWorld(camera, pixel, detectorMm))
  const [right, bottom] = [camera.imageSize.width - 0.5, camera.imageSize.height - 0.5]
  const { cx, cy } = intrinsicNumbers(camera)
  const carm: SceneCarm = {
    name,
    sourceMm: transformPoint(volumeFromWorld, sourceInWorld(camera)),
    detectorCornersMm: [
      place([-0.5, -0.5]),
      place([right, -0.5]),
      place([right, bottom]),
      place([-0.5, bottom]),
    ],
    principalPointMm: place([cx, cy]),
    xray: await texture(picture),
  }
  return { carm, notes }
}

async function texture(picture: SavedView['picture']): Promise<SceneCarm['xray']> {
  const factor = Math.min(1, textureSide / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * factor))
  const height = Math.max(1, Math.round(picture.height * factor))
  const reduced = areaResample(picture, width, height)
  const range = greyRange(reduced)
  const greys = Uint8Array.from(reduced.pixels, (value, n) =>
    Math.round(greyLevel(value, range) * (reduced.valid[n] === 0 ? invalidShare : 1)),
  )
  return { width, height, greys: await pack(greys) }
}
