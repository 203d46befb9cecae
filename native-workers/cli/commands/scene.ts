import { type Command, Option } from 'commander'
import { join } from 'node:path'
import { type SceneInput, type SceneOutput } from '../../contract/operations/scene.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type ResultCase, resultCases } from '../cases/result-cases.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseCount, parseNumber, parsePositiveCount } from '../options/values.js'
import { type Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'

interface SceneOptions extends CommonOptions {
  readonly out: string
  readonly volume?: string
  readonly threshold?: number
  readonly parts: SceneInput['parts']
  readonly smoothing?: number
  readonly maxTriangles?: number
  readonly force?: boolean
}

/** `isocenter scene RESULT --out DIR`. */
export function addSceneCommand(program: Command, host: CommandHost): void {
  program
    .command('scene')
    .usage('RESULT... --out DIR [options]')
    .summary('a registration as an interactive 3D scene and its picture')
    .description(
      'Writes scene.html (turn, zoom and switch parts in any browser, without a network), scene.png and ct-surface.stl: the CT’s surface, sources, beams and detectors with their X-rays. Several results, or a folder of them, give one subfolder each and a summary table.',
    )
    .argument('<result...>', 'result.json of registrations, their folders, or a folder of such folders')
    .optionsGroup('Surface:')
    .option('--threshold <HU>', 'the surface is where the volume reaches this (default: 150)', parseNumber)
    .option('--volume <path>', 'show this volume in place of the registered one, e.g. its label map')
    .addOption(
      new Option('--parts <which>', 'connected parts of the surface to show')
        .choices(['largest', 'large', 'all'])
        .default('large'),
    )
    .option('--smoothing <count>', 'iterations of Taubin smoothing (default: 20)', parseCount)
    .option(
      '--max-triangles <count>',
      'draw on a coarser grid beyond this (default: 500000)',
      parsePositiveCount,
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'replace files that are not this command’s own, and redo what is done')
    .action((paths: readonly string[], options: SceneOptions) =>
      host.run(options, async (session) => {
        const [first, ...others] = await resultCases(paths)
        await assertFolderWritable(options.out)
        if (others.length > 0) return sceneOfEach([first, ...others], options, session)
        const output = await session.run('scene', sceneRequest(first, options.out, options))
        output.notes.forEach((note) => session.note(note))
        session.report(sceneText(output), output)
        return exitCodes.success
      }),
    )
}

function sceneOfEach(cases: readonly ResultCase[], options: SceneOptions, session: Session): Promise<number> {
  const requests = cases.map((one) => ({
    name: one.name,
    input: sceneRequest(one, join(options.out, one.name), options),
  }))
  return runCases(session, 'scene', requests, {
    columns: ['triangles', 'MB', 'picture'],
    cells: ({ triangles, htmlBytes, photographFile }) => [
      triangles,
      (htmlBytes / 1e6).toFixed(1),
      photographFile === null ? 'not written' : 'written',
    ],
    summaryPath: join(options.out, 'summary.csv'),
  })
}

function sceneRequest(
  { resultPath }: ResultCase,
  folder: string,
  options: SceneOptions,
): OperationRequest<'scene'> {
  return {
    resultPath,
    folder,
    volume: options.volume === undefined ? undefined : { path: options.volume },
    threshold: options.threshold,
    parts: options.parts,
    smoothingIterations: options.smoothing,
    maxTriangles: options.maxTriangles,
    force: options.force,
  }
}

function sceneText(output: SceneOutput): string {
  const { htmlFile, stlFile, photographFile, triangles, surfaceSpacingMm, htmlBytes, isUpToDate } = output
  return factsTable([
    { name: 'scene', value: `${htmlFile} (${(htmlBytes / 1e6).toFixed(1)} MB)` },
    { name: 'picture', value: photographFile ?? 'not written' },
    { name: 'surface', value: `${stlFile} (${triangles} triangles, ${surfaceSpacingMm.toFixed(2)} mm)` },
    ...(isUpToDate ? [{ name: 'state', value: 'up to date, nothing was done' }] : []),
  ])
}
