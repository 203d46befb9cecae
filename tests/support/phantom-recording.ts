import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { scaleCamera } from '../../native-workers/geometry/camera.js'
import { identity3, invertRigid, multiply4 } from '../../native-workers/geometry/matrix.js'
import { twistAbout } from '../../native-workers/geometry/rigid.js'
import { anatomySolids } from '../../native-workers/imaging/phantom/anatomy/anatomy.js'
import { expose, openField } from '../../native-workers/imaging/phantom/detector.js'
import { transmission } from '../../native-workers/imaging/phantom/line-integrals.js'
import {
  phantomFromVolume,
  sampleViews,
  worldFromPhantom,
} from '../../native-workers/imaging/phantom/sample-views.js'
import { seededNoise } from '../../native-workers/imaging/phantom/seeded-noise.js'
import { dicomBytes } from '../../native-workers/imaging/testing/synthetic-dicom.js'

/** Per frame the phantom moves so far along the world's axes, and turns so far about its long axis. */
const stepMm: Vector3 = [4, 0, -3]
const stepRad = (2 * Math.PI) / 180

/** The true `worldFromVolume` of a frame. */
export function trueFramePose(frame: number): Matrix4 {
  return multiply4(worldFromPhantomAt(frame), phantomFromVolume)
}

function worldFromPhantomAt(frame: number): Matrix4 {
  const shift: Vector3 = [stepMm[0] * frame, stepMm[1] * frame, stepMm[2] * frame]
  return multiply4(twistAbout([0, 0, 0], identity3, [0, 0, stepRad * frame], shift), worldFromPhantom)
}

/**
 * Writes `film.dcm`, a recording of the moving phantom from the front by exact line integrals, and
 * `film.camera.json` into `folder`; `side` pixels square.
 */
export async function writePhantomRecording(
  folder: string,
  { frames, side }: { readonly frames: number; readonly side: number },
): Promise<{ readonly xray: string; readonly camera: string }> {
  await mkdir(folder, { recursive: true })
  const [{ camera: whole }] = sampleViews
  const camera = scaleCamera(whole, side, side)
  const solids = anatomySolids()
  const pixels = new Uint16Array(frames * side * side)
  for (let frame = 0; frame < frames; frame++) {
    const phantomFromWorld = invertRigid(worldFromPhantomAt(frame))
    const shares = await transmission(
      solids,
      camera,
      phantomFromWorld,
      new AbortController().signal,
      () => undefined,
    )
    const { imageSize } = camera
    pixels.set(expose(shares, imageSize, openField(imageSize), seededNoise(frame)), frame * side * side)
  }
  const attributes = { Modality: 'RF', Rows: side, Columns: side, NumberOfFrames: frames }
  const paths = { xray: join(folder, 'film.dcm'), camera: join(folder, 'film.camera.json') }
  await writeFile(paths.xray, dicomBytes(attributes, pixels))
  await writeFile(paths.camera, JSON.stringify(camera))
  return paths
}
