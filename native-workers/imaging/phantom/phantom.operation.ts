import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type ImagePointsFile, type PointsFile } from '../../contract/files/points.js'
import { type PoseFile } from '../../contract/files/pose.js'
import { type PhantomInput, type PhantomOutput } from '../../contract/operations/phantom.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { projectPoint } from '../../geometry/camera.js'
import { add, invertRigid, multiply4, transformPoint } from '../../geometry/matrix.js'
import { outputError, writeFileAtomic } from '../atomic-write.js'
import { writeVolume } from '../write-volume.js'
import { anatomyLandmarks, anatomySolids, scannedBox } from './anatomy/anatomy.js'
import { structures } from './anatomy/structures.js'
import { expose, openField } from './detector.js'
import { transmission } from './line-integrals.js'
import { phantomFromVolume, phantomOriginMm, sampleViews, worldFromPhantom } from './sample-views.js'
import { scanPhantom } from './scan.js'
import { seededNoise } from './seeded-noise.js'
import { type Solid } from './solid.js'

type View = PhantomOutput['views'][number]

/**
 * Writes the built-in sample into a folder: CT with labels (`structures.json` names them), landmarks, and two
 * calibrated X-rays with their cameras, true poses and marked landmarks. The X-rays are exact line integrals
 * through the shapes that the CT was sampled from, not renders of the CT. The same seed gives the same files.
 * Throws `UserError`: `output-unwritable`, `cancelled`.
 */
export const phantom: Operation<PhantomInput, PhantomOutput> = async (input, context) => {
  const { folder } = input
  throwIfCancelled(context.signal)
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw outputError(error, folder)
  })
  const report = reporter(context)
  const solids = anatomySolids()
  const volume = join(folder, 'ct.nii.gz')
  const labels = join(folder, 'labels.nii.gz')
  const landmarks = join(folder, 'landmarks.points.json')

  const settings = { spacingMm: input.spacingMm, box: scannedBox, phantomOriginMm }
  const scan = await scanPhantom(solids, settings, seededNoise(input.seed), context.signal, (fraction) => {
    report('Scanning the phantom', 0.35 * fraction)
  })
  report('Writing the CT', 0.35)
  await writeVolume(volume, scan.volume)
  throwIfCancelled(context.signal)
  await writeVolume(labels, scan.labels)
  await writeJson(join(folder, 'structures.json'), structures)
  await writeJson(landmarks, volumeLandmarks())

  const views: View[] = []
  for (const [index, { name, camera }] of sampleViews.entries()) {
    const noise = seededNoise(input.seed + 7919 * (index + 1))
    const onFraction = (fraction: number) => {
      report(`Taking X-ray ${String(index + 1)}`, 0.6 + (0.4 * (index + fraction)) / sampleViews.length)
    }
    views.push(await writeView(folder, name, camera, solids, noise, context.signal, onFraction))
  }
  return { volume, labels, landmarks, views }
}

async function writeView(
  folder: string,
  name: string,
  camera: Camera,
  solids: readonly Solid[],
  noise: ReturnType<typeof seededNoise>,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<View> {
  const transmitted = await transmission(solids, camera, invertRigid(worldFromPhantom), signal, onFraction)
  const { width, height } = camera.imageSize
  const data = expose(transmitted, camera.imageSize, openField(camera.imageSize), noise)
  throwIfCancelled(signal)
  const file = (ending: string) => join(folder, `${name}.${ending}`)
  const view = {
    xray: file('png'),
    camera: file('camera.json'),
    truth: file('pose.json'),
    landmarks: file('image-points.json'),
  }
  await writeFileAtomic(view.xray, encode({ width, height, data, channels: 1, depth: 16 }))
  await writeJson(view.camera, camera)
  await writeJson(view.truth, truePose())
  await writeJson(view.landmarks, markedLandmarks(camera))
  return view
}

const truePose = (): PoseFile => ({
  schema: 'isocenter/pose@1',
  frame: 'LPS',
  worldFromVolume: multiply4(worldFromPhantom, phantomFromVolume),
})

const volumeLandmarks = (): PointsFile => ({
  schema: 'isocenter/points@1',
  frame: 'LPS',
  points: anatomyLandmarks().map(({ name, position }) => ({
    name,
    position: add(position, phantomOriginMm),
  })),
})

/** The landmarks that fall into the open field. */
function markedLandmarks(camera: Camera): ImagePointsFile {
  const { centre, radius } = openField(camera.imageSize)
  const points = anatomyLandmarks().map(({ name, position }) => ({
    name,
    pixel: projectPoint(camera, transformPoint(worldFromPhantom, position)).pixel,
  }))
  return {
    schema: 'isocenter/image-points@1',
    points: points.filter(({ pixel }) => Math.hypot(pixel[0] - centre[0], pixel[1] - centre[1]) < radius),
  }
}

const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`)

function reporter({ onProgress }: OperationContext): (message: string, fraction: number) => void {
  const started = performance.now()
  return (message, fraction) => {
    const elapsedMs = performance.now() - started
    const remainingMs = fraction > 0.05 ? (elapsedMs * (1 - fraction)) / fraction : null
    onProgress({ phase: 'phantom', fraction, message, elapsedMs, remainingMs })
  }
}
