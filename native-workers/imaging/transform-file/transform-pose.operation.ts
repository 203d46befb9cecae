import { writeFile } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'
import { type PoseFile } from '../../contract/files/pose.js'
import {
  type TransformPoseInput,
  type TransformPoseOutput,
  transformPoseReportSchema,
} from '../../contract/operations/transform-pose.js'
import { type Operation } from '../../contract/progress.js'
import { assertRigid } from '../../geometry/matrix.js'
import { poseThroughWarp } from '../../geometry/warp/pose-through-warp.js'
import { warpWarnings } from '../../geometry/warp/rigid-warp.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { gridCentreMm } from '../volume.js'
import { loadVolume } from '../volume-cache.js'
import { loadWarp } from './load-warp.js'

const ending = '.pose.json'

/**
 * Writes the pose of a patient's volume that belongs to a pose found on a template (a co-registered, prepared or
 * mirrored volume), and its record. Errors: `input-invalid` (the output's name), `geometry-invalid`, `output-exists`,
 * `output-unwritable`, `cancelled`, those of `readTransformFile` and of `readVolume`.
 */
export const transformPose: Operation<TransformPoseInput, TransformPoseOutput> = async (input, context) => {
  const { worldFromTemplate, warp, volume, outputPath, force } = input
  if (!outputPath.toLowerCase().endsWith(ending)) {
    throw new UserError(
      'input-invalid',
      `"${outputPath}" is not named like a pose file.`,
      `Let the name end in ${ending}.`,
    )
  }
  assertRigid(worldFromTemplate, 'The pose on the template')
  context.onProgress({
    phase: 'transform-pose',
    fraction: 0,
    message: 'Reading the transform',
    elapsedMs: 0,
    remainingMs: null,
  })
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'transform-pose',
      settings: {
        worldFromTemplate,
        invert: warp.invert,
        volume: volume && { seriesUid: volume.seriesUid, spacingMm: volume.spacingMm },
      },
      inputs: [
        { role: 'warp', path: warp.path },
        ...(volume === undefined ? [] : [{ role: 'volume', path: volume.path }]),
      ],
      recordPath: `${outputPath.slice(0, -ending.length)}.provenance.json`,
      force,
    },
    transformPoseReportSchema,
    async (stage) => {
      const staged = await stage(outputPath)
      const loaded = volume === undefined ? undefined : await loadVolume(volume, context.signal)
      const rigid = await loadWarp(warp, loaded === undefined ? [0, 0, 0] : gridCentreMm(loaded.volume.grid))
      const worldFromVolume = poseThroughWarp(worldFromTemplate, rigid)
      const pose: PoseFile = { schema: 'isocenter/pose@1', frame: 'LPS', worldFromVolume }
      await writeFile(staged, `${JSON.stringify(pose, null, 2)}\n`)
      return { ...rigid, worldFromVolume, warnings: warpWarnings(rigid) }
    },
    context.signal,
  )
  return { ...report, path: outputPath, isUpToDate }
}
