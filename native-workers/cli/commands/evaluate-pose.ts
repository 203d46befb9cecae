import { type Command } from 'commander'
import { pointsSchema } from '../../contract/files/points.js'
import { type EvaluatePoseOutput } from '../../contract/operations/evaluate.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { readPoseFile } from '../files/pose-file.js'
import { readJson } from '../files/read-json.js'
import { factsTable, type Fact } from '../terminal/facts-table.js'

interface EvaluatePoseOptions extends CommonOptions {
  readonly truth: string
  readonly points: string
  readonly camera?: readonly string[]
}

/** `isocenter evaluate-pose RESULT.json|POSE.json --truth POSE.json --points POINTS.json`. */
export function addEvaluatePoseCommand(program: Command, host: CommandHost): void {
  program
    .command('evaluate-pose')
    .usage('POSE --truth POSE --points POINTS [options]')
    .summary('errors of a pose against a true one')
    .description('Computes the errors of a pose against a true one, at given points.')
    .argument('<pose>', 'result.json of a registration, or pose@1 JSON')
    .optionsGroup('Reference:')
    .requiredOption('--truth <file>', 'the true pose: pose@1 JSON, or another result.json')
    .requiredOption('--points <file>', "points@1 JSON in the volume's LPS mm")
    .option('--camera <files...>', 'cameras for the errors per view (default: those in the result)')
    .action((posePath: string, options: EvaluatePoseOptions) =>
      host.run(options, async (session) => {
        const [estimate, truth, points, given] = await Promise.all([
          readPoseFile(posePath),
          readPoseFile(options.truth),
          readJson(options.points, pointsSchema, 'points file (isocenter/points@1)'),
          Promise.all((options.camera ?? []).map((path) => readCameraFile(path))),
        ])
        const output = await session.run('evaluate-pose', {
          estimate: estimate.worldFromVolume,
          truth: truth.worldFromVolume,
          points,
          cameras: given.length > 0 ? given : [...estimate.cameras],
        })
        session.report(factsTable(errorFacts(output)), output)
        return exitCodes.success
      }),
    )
}

const millimetres = (value: number) => `${value.toFixed(3)} mm`

function errorFacts(output: EvaluatePoseOutput): readonly Fact[] {
  const compat = output['xvr-mTRE (compat)']
  return [
    { name: 'mTRE', value: `${millimetres(output.mTreMm)} (largest ${millimetres(output.maxTreMm)})` },
    { name: 'rotation error', value: `${output.rotationErrorDeg.toFixed(3)} degrees` },
    { name: 'translation error', value: millimetres(output.translationErrorMm) },
    ...(compat === null ? [] : [{ name: 'xvr-mTRE (compat)', value: millimetres(compat) }]),
    ...output.views.flatMap((view, index) => [
      {
        name: `view ${index + 1}: mPD`,
        value: `${millimetres(view.mPdMm)} (${view.mPdPixels.toFixed(2)} px)`,
      },
      { name: `view ${index + 1}: mRPD`, value: millimetres(view.mRpdMm) },
      { name: `view ${index + 1}: in plane`, value: millimetres(view.inPlaneErrorMm) },
      { name: `view ${index + 1}: depth`, value: millimetres(view.depthErrorMm) },
    ]),
  ]
}
