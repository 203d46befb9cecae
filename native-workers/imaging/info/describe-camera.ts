import { basename } from 'node:path'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { intrinsicNumbers, sourceInWorld, sourceToDetectorMm } from '../../geometry/camera.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { decimal, factList, millimetres, point } from './facts.js'

/** A camera@1 file or a calibration text. Errors: those of `readCameraFile`. */
export async function describeCamera(path: string, kind: 'camera' | 'calibration'): Promise<InfoOutput> {
  const camera = await readCameraFile(path)
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  const distanceMm = sourceToDetectorMm(camera)
  return {
    kind,
    title: `${basename(path)}: ${kind === 'camera' ? 'camera' : 'MayaCam 2 / XMALab calibration'}`,
    facts: factList([
      ['image', `${camera.imageSize.width} x ${camera.imageSize.height} pixels`],
      ['focal lengths', `${decimal(fx, 3)}, ${decimal(fy, 3)} pixels`],
      ['principal point', `(${decimal(cx, 3)}, ${decimal(cy, 3)}) pixels`],
      ['pixel spacing', camera.pixelSpacingMm === undefined ? undefined : millimetres(camera.pixelSpacingMm)],
      ['source to detector', distanceMm === null ? undefined : `${decimal(distanceMm, 3)} mm`],
      ['source in the world', point(sourceInWorld(camera))],
    ]),
    issues: [],
  }
}
