import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { rayInCamera, worldFromCamera } from '../../geometry/camera.js'
import {
  distance,
  multiply4,
  norm,
  normalized,
  subtract,
  transformDirection,
  translationPart,
} from '../../geometry/matrix.js'
import { RayCaster, type Stretches } from './ray-caster.js'
import { centreOf, halfExtents, type Solid } from './solid.js'
import { attenuationPerMm, beamEnergies, tissueHounsfield } from './tissue.js'

const tilePixels = 16

/**
 * The share of photons that reach each pixel, row-major: for both beam energies the exact integral of the
 * attenuation along the ray, cut at the solids' surfaces. Independent of the CT's voxels and of every renderer.
 */
export async function transmission(
  solids: readonly Solid[],
  camera: Camera,
  phantomFromWorld: Matrix4,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Float64Array> {
  const { width, height } = camera.imageSize
  const shares = new Float64Array(width * height)
  const caster = new RayCaster(solids)
  const attenuations = beamEnergies.map((energy) =>
    Float64Array.from(solids, ({ tissue }) => attenuationPerMm(tissueHounsfield[tissue], energy)),
  )
  const phantomFromCamera = multiply4(phantomFromWorld, worldFromCamera(camera))
  const source = translationPart(phantomFromCamera)
  const directionAt = (u: number, v: number): Vector3 =>
    normalized(transformDirection(phantomFromCamera, rayInCamera(camera, [u, v])))
  for (let top = 0; top < height; top += tilePixels) {
    await setImmediate()
    throwIfCancelled(signal)
    onFraction(top / height)
    for (let left = 0; left < width; left += tilePixels) {
      const right = Math.min(left + tilePixels, width)
      const bottom = Math.min(top + tilePixels, height)
      const candidates = candidatesOfTile(solids, source, directionAt, left, top)
      for (let v = top; v < bottom; v++) {
        for (let u = left; u < right; u++) {
          const stretches = caster.cast(source, directionAt(u, v), candidates)
          let share = 0
          for (let energy = 0; energy < beamEnergies.length; energy++) {
            share += beamEnergies[energy].share * Math.exp(-integralOf(stretches, attenuations[energy]))
          }
          shares[u + width * v] = share
        }
      }
    }
  }
  return shares
}

function integralOf({ count, startMm, endMm, solid }: Stretches, attenuation: Float64Array): number {
  let integral = 0
  for (let s = 0; s < count; s++) integral += attenuation[solid[s]] * (endMm[s] - startMm[s])
  return integral
}

/** Solids whose bounding sphere is seen from the source within the cone around a tile of pixels. */
function candidatesOfTile(
  solids: readonly Solid[],
  source: Vector3,
  directionAt: (u: number, v: number) => Vector3,
  left: number,
  top: number,
): number[] {
  const direction = directionAt(left + tilePixels / 2, top + tilePixels / 2)
  const corners = [0, tilePixels].flatMap((x) => [0, tilePixels].map((y) => directionAt(left + x, top + y)))
  const tileAngle = Math.max(...corners.map((corner) => angleBetween(corner, direction)))
  return solids.flatMap((solid, index) => {
    const radius = norm(halfExtents(solid))
    const toCentre = subtract(centreOf(solid), source)
    const away = norm(toCentre)
    if (radius >= away) return [index]
    return angleBetween(toCentre, direction) <= Math.asin(radius / away) + tileAngle ? [index] : []
  })
}

const angleBetween = (a: Vector3, b: Vector3): number =>
  2 * Math.asin(Math.min(1, distance(normalized(a), normalized(b)) / 2))
