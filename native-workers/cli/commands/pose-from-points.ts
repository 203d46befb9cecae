import { type Command } from 'commander'
import { dirname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type PoseFile } from '../../contract/files/pose.js'
import { type PoseFromPointsOutput } from '../../contract/operations/points.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { writeFileAtomic } from '../../imaging/atomic-write.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { readImagePointsFile, readPointsFile } from '../../imaging/point-files/read-points.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'

interface PoseFromPointsOptions extends CommonOptions {
  readonly imagePoints: readonly string[]
  readonly camera: readonly string[]
  readonly out: string
}

/** `isocenter pose from-points POINTS --image-points FILE... --camera FILE... --out FILE.pose.json`. */
export function addPoseFromPointsCommand(group: Command, host: CommandHost): void {
  group
    .command('from-points')
    .usage('POINTS --image-points FILE... --camera FILE... --out FILE.pose.json [options]')
    .summary('the pose that brings points of the CT onto the same points of X-rays')
    .description(
      'Finds the pose of least reprojection error from points that are named alike in the CT and in the X-rays; four pairs or more.',
    )
    .argument('<points>', "points of the CT: *.points.json, or 3D Slicer's .fcsv or .mrk.json")
    .optionsGroup('X-rays:')
    .requiredOption(
      '--image-points <file...>',
      'points of each X-ray: *.image-points.json, .fcsv or .mrk.json',
    )
    .requiredOption('--camera <file...>', 'the camera of each X-ray, in the same order')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', 'pose file to write, *.pose.json; replaced where it exists')
    .action((pointsPath: string, options: PoseFromPointsOptions) =>
      host.run(options, async (session) => {
        const { imagePoints, camera, out } = options
        if (imagePoints.length !== camera.length) {
          throw new UserError(
            'input-invalid',
            `There are points of ${imagePoints.length} X-rays and ${camera.length} cameras.`,
            'Give one camera for each file of points, in the same order.',
          )
        }
        await assertFolderWritable(dirname(out))
        const volumePoints = await readPointsFile(pointsPath)
        const pictures = await Promise.all(imagePoints.map((path) => readImagePointsFile(path)))
        const cameras = await Promise.all(camera.map((path) => readCameraFile(path)))
        for (const note of [volumePoints, ...pictures].flatMap(({ notes }) => notes)) session.note(note)
        const output = await session.run('pose-from-points', {
          points3d: volumePoints.file,
          views: pictures.map(({ file }, index) => ({ camera: cameras[index], points2d: file })),
        })
        const pose: PoseFile = {
          schema: 'isocenter/pose@1',
          frame: 'LPS',
          worldFromVolume: output.worldFromVolume,
        }
        await writeFileAtomic(out, `${JSON.stringify(pose, null, 2)}\n`)
        session.report(poseText(output, out), { ...output, path: out })
        return exitCodes.success
      }),
    )
}

function poseText({ rmsPixels, residuals, worldFromVolume }: PoseFromPointsOutput, path: string): string {
  return factsTable([
    { name: 'pose', value: path },
    { name: 'RMS', value: `${rmsPixels.toFixed(3)} pixels` },
    ...residuals.map(({ viewIndex, name, errorPixels, inlier }) => ({
      name: `X-ray ${viewIndex + 1}, ${name}`,
      value: `${errorPixels.toFixed(3)} pixels${inlier ? '' : ', left out: contradicts the others'}`,
    })),
    ...worldFromVolume.map((row, index) => ({
      name: index === 0 ? 'worldFromVolume' : '',
      value: row.map((value) => value.toFixed(6).padStart(14)).join(''),
    })),
  ])
}
