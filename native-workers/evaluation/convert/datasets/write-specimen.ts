import { join } from 'node:path'
import { type ImagePointsFile, type PointsFile } from '../../../contract/files/points.js'
import { type PoseFile } from '../../../contract/files/pose.js'
import {
  type ConvertDatasetReport,
  type ConvertedProjection,
} from '../../../contract/operations/convert-dataset.js'
import { assertCamera } from '../../../geometry/assert-camera.js'
import { projectCameraPoint } from '../../../geometry/camera.js'
import { transformPoint } from '../../../geometry/matrix.js'
import { writeFileAtomic } from '../../../imaging/atomic-write.js'
import { type StageOutput } from '../../../imaging/provenance/run-recorded.js'
import { csvTable } from '../../../imaging/text/csv-table.js'
import { writeFloat32Tiff } from '../../../imaging/write-picture.js'
import { writeVolume } from '../../../imaging/write-volume.js'
import { type DatasetProjection, type DatasetSpecimen } from './dataset.js'

type Report = (fraction: number, message: string) => Promise<void>

/** Landmarks of the file and those that camera and pose project lie this close, or something is misunderstood. */
const doubtfulErrorPixels = 5

/** Writes all files of a specimen into `folder`. Errors: `output-exists`, `output-unwritable`, `cancelled`. */
export async function writeSpecimen(
  specimen: DatasetSpecimen,
  folder: string,
  stage: StageOutput,
  report: Report,
): Promise<ConvertDatasetReport> {
  const staged = (name: string) => stage(join(folder, name))
  const writeJson = async (name: string, content: unknown) => {
    await writeFileAtomic(await staged(name), `${JSON.stringify(content, null, 2)}\n`)
  }
  await report(0.02, 'Reading the volume')
  await writeVolume(
    await staged('volume.nii.gz'),
    specimen.readVolume(() => undefined),
  )
  await report(0.2, 'Reading the labels')
  if (specimen.readLabels !== null) {
    await writeVolume(
      await staged('labels.nii.gz'),
      specimen.readLabels(() => undefined),
    )
  }
  if (specimen.labelNames.length > 0) {
    const rows = specimen.labelNames.map(({ label, name }) => [label, name])
    await writeFileAtomic(await staged('labels.csv'), csvTable(['label', 'name'], rows))
  }
  if (specimen.landmarks.length > 0) {
    await writeJson('landmarks.points.json', {
      schema: 'isocenter/points@1',
      frame: 'LPS',
      points: [...specimen.landmarks],
    } satisfies PointsFile)
  }
  const projections: ConvertedProjection[] = []
  for (const [index, projection] of specimen.projections.entries()) {
    await report(0.3 + (0.65 * index) / specimen.projections.length, `Writing X-ray ${projection.name}`)
    projections.push(await writeProjection(projection, specimen, staged, writeJson))
  }
  await writeFileAtomic(await staged('projections.csv'), projectionTable(projections))
  return {
    landmarks: specimen.landmarks.length,
    projections,
    warnings: [...specimen.warnings, ...doubts(projections)],
  }
}

async function writeProjection(
  { name, camera, poses, mirroredColumns, turned, landmarks, readPixels }: DatasetProjection,
  specimen: DatasetSpecimen,
  staged: (name: string) => Promise<string>,
  writeJson: (name: string, content: unknown) => Promise<void>,
): Promise<ConvertedProjection> {
  const { width, height } = camera.imageSize
  assertCamera(camera, `The camera of X-ray ${name}`)
  await writeFloat32Tiff(await staged(`projections/${name}.tiff`), { width, height, pixels: readPixels() })
  await writeJson(`projections/${name}.camera.json`, camera)
  for (const { name: structure, cameraFromVolume } of poses) {
    const poseName = structure === '' ? name : `${name}.${structure}`
    // The camera is the world's origin, so the two are the same.
    await writeJson(`projections/${poseName}.pose.json`, {
      schema: 'isocenter/pose@1',
      frame: 'LPS',
      worldFromVolume: cameraFromVolume,
    } satisfies PoseFile)
  }
  const inside = landmarks.filter(
    ({ position: [u, v] }) => u > -0.5 && v > -0.5 && u < width - 0.5 && v < height - 0.5,
  )
  if (inside.length > 0) {
    await writeJson(`projections/${name}.points2d.json`, {
      schema: 'isocenter/image-points@1',
      points: inside.map((point) => ({ name: point.name, pixel: point.position })),
    } satisfies ImagePointsFile)
  }
  const distances = inside.flatMap(({ name: landmark, position: [u, v] }) => {
    const found = specimen.landmarks.find((each) => each.name === landmark)
    if (found === undefined) return []
    const { pixel } = projectCameraPoint(camera, transformPoint(poses[0].cameraFromVolume, found.position))
    return [Math.hypot(pixel[0] - u, pixel[1] - v)]
  })
  return {
    name,
    mirroredColumns,
    turned,
    landmarksInside: inside.length,
    landmarkErrorPixels: median(distances),
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}

function projectionTable(projections: readonly ConvertedProjection[]): string {
  return csvTable(
    ['projection', 'columns reversed', 'turned by half', 'landmarks inside', 'landmark error px'],
    projections.map(({ name, mirroredColumns, turned, landmarksInside, landmarkErrorPixels }) => [
      name,
      mirroredColumns,
      turned,
      landmarksInside,
      landmarkErrorPixels === null ? '' : landmarkErrorPixels.toFixed(3),
    ]),
  )
}

function doubts(projections: readonly ConvertedProjection[]): string[] {
  const far = projections.filter(
    ({ landmarkErrorPixels }) => landmarkErrorPixels !== null && landmarkErrorPixels > doubtfulErrorPixels,
  )
  if (far.length === 0) return []
  return [
    `The file's 2D landmarks lie more than ${doubtfulErrorPixels} pixels from where its poses project the 3D ones in ${far.map(({ name }) => name).join(', ')}.`,
  ]
}
