import { type Command, Option } from 'commander'
import { basename, join, resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type CleanLabelsOutput } from '../../contract/operations/clean-labels.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseFiles, volumeEndings } from '../cases/case-files.js'
import { distinctNames } from '../cases/distinct-names.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseConnectivity, parseKeepRule } from '../options/clean-labels-options.js'
import { parseList, parsePositiveCount } from '../options/values.js'
import { millilitres } from '../terminal/measures.js'
import { textTable } from '../terminal/text-table.js'

type Request = OperationRequest<'clean-labels'>

interface CleanLabelsOptions extends CommonOptions {
  readonly out: string
  readonly labels?: readonly number[]
  readonly connectivity: Request['connectivity']
  readonly keep: Request['keep']
  readonly others: Request['others']
  readonly force?: boolean
}

/** `isocenter labels clean SEG… --out FILE|DIR`. */
export function addCleanLabelsCommand(group: Command, host: CommandHost): void {
  group
    .command('clean')
    .usage('SEG... --out FILE|DIR [options]')
    .summary('keep the largest connected part of every label')
    .description(
      'Keeps the largest connected component of every label. Several label maps, or a folder of them, are cleaned into a folder as <name>_cleaned.nii.gz.',
    )
    .argument('<seg...>', 'label maps (NIfTI, NRRD, MHA), or a folder of them')
    .optionsGroup('Which parts stay:')
    .option('--labels <list>', 'only these labels, e.g. 1,2 (default: all)', (text) =>
      parseList(text, parsePositiveCount),
    )
    .option('--connectivity <6|18|26>', 'parts touch by faces, edges or corners', parseConnectivity, 6)
    .addOption(
      new Option('--keep <rule>', 'largest, a number of parts, or min-volume=MM3')
        .argParser(parseKeepRule)
        .default({ kind: 'largest', count: 1 }, 'largest'),
    )
    .addOption(
      new Option('--others <what>', 'labels that are not in --labels')
        .choices(['drop', 'keep'])
        .default('drop'),
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <path>', 'label map to write, or a folder')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: CleanLabelsOptions) =>
      host.run(options, async (session) => {
        const files = withoutOwnOutputs(await caseFiles(paths, volumeEndings), paths, options.out)
        const settings = {
          labels: [...(options.labels ?? [])],
          connectivity: options.connectivity,
          keep: options.keep,
          others: options.others,
          force: options.force ?? false,
        }
        const [only] = files
        const isSingle = files.length === 1 && paths[0] === only
        if (isSingle && isVolumeFile(options.out)) {
          const output = await session.run('clean-labels', {
            labelsPath: only,
            outputPath: options.out,
            ...settings,
          })
          output.warnings.forEach((warning) => {
            session.note(`warning: ${warning}`)
          })
          session.report(cleanedText(output, options.others), output)
          return exitCodes.success
        }
        if (isVolumeFile(options.out)) {
          throw new UserError(
            'input-invalid',
            `Several label maps can't be written to the one file "${options.out}".`,
            'Give a folder as --out.',
          )
        }
        await assertFolderWritable(options.out)
        const cases = distinctNames(files).map((name, index) => ({
          name,
          input: {
            labelsPath: files[index],
            outputPath: join(options.out, `${name}_cleaned.nii.gz`),
            ...settings,
          },
        }))
        return runCases(session, 'clean-labels', cases, {
          columns: ['labels', 'parts', 'kept', 'removed ml', 'warnings'],
          cells: summaryCells,
          summaryPath: join(options.out, 'summary.csv'),
        })
      }),
    )
}

const isVolumeFile = (path: string): boolean =>
  volumeEndings.some((ending) => path.toLowerCase().endsWith(ending))

/** A folder that is cleaned into itself holds the outputs of the last run, which are no inputs. */
function withoutOwnOutputs(
  files: readonly string[],
  named: readonly string[],
  out: string,
): readonly string[] {
  return files.filter(
    (file) =>
      named.includes(file) ||
      !file.endsWith('_cleaned.nii.gz') ||
      resolve(file) !== resolve(out, basename(file)),
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function summaryCells({ labels, warnings }: CleanLabelsOutput): (string | number)[] {
  return [
    labels.length,
    sum(labels.map(({ components }) => components)),
    sum(labels.map(({ kept }) => kept)),
    millilitres(sum(labels.map(({ removedMm3 }) => removedMm3))),
    warnings.join(' '),
  ]
}

function cleanedText(
  { labels, others, path, isUpToDate }: CleanLabelsOutput,
  ofOthers: CleanLabelsOptions['others'],
): string {
  const rows = labels.map(({ label, components, kept, voxelsBefore, voxelsAfter, removedMm3 }) => [
    label,
    components,
    kept,
    voxelsBefore,
    voxelsAfter,
    millilitres(removedMm3),
  ])
  const table = textTable(['label', 'parts', 'kept', 'voxels before', 'after', 'removed ml'], rows)
  const fate = ofOthers === 'keep' ? 'kept as they are' : 'dropped'
  const rest = others.length === 0 ? '' : `${fate}: labels ${others.join(', ')}\n`
  return `${table}${rest}${isUpToDate ? 'up to date' : 'written to'}: ${path}\n`
}
