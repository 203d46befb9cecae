import { Option, type Command } from 'commander'
import { join, resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type CoregisterOutput } from '../../contract/operations/coregister.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseName } from '../cases/case-files.js'
import { distinctNames } from '../cases/distinct-names.js'
import { labelsOfVolumes } from '../cases/pair-labels.js'
import { runCases } from '../cases/run-cases.js'
import { volumeCases } from '../cases/volume-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'
import { textTable } from '../terminal/text-table.js'

type Request = OperationRequest<'coregister'>

interface CoregisterOptions extends CommonOptions {
  readonly reference: string
  readonly labels?: readonly string[]
  readonly referenceLabels?: string
  readonly acceptGeometry?: boolean
  readonly method: 'rigid' | 'affine'
  /** False after --no-search. */
  readonly search: boolean
  readonly grid: 'union' | 'reference'
  readonly out: string
  readonly force?: boolean
}

/** `isocenter coregister CT… --reference CT --out DIR`. */
export function addCoregisterCommand(program: Command, host: CommandHost): void {
  program
    .command('coregister')
    .usage('CT... --reference CT --out DIR [options]')
    .summary('register CTs to a reference CT and save the transforms')
    .description(
      "Registers CTs to a reference CT by mutual information and resamples each once onto the reference's lattice, air outside. Writes <ct>_registered.nii.gz, <ct>.tfm (points of the reference to points of the CT, for --warp) and <ct>.inverse.tfm.",
    )
    .argument('<ct...>', 'CT volumes, or a folder of them; the reference is left out')
    .optionsGroup('Input:')
    .requiredOption('--reference <ct>', 'the CT that the others are brought onto')
    .option(
      '--labels <paths...>',
      'label map of every CT in the same order, or a folder of them; resampled along',
    )
    .option(
      '--reference-labels <file>',
      "label map of the reference: gives the overlap of each label (Dice's)",
    )
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('Registration:')
    .addOption(
      new Option('--method <kind>', 'motion of a rigid body, or any linear map')
        .choices(['rigid', 'affine'])
        .default('rigid'),
    )
    .option('--no-search', "start where the files' coordinates put the CTs, without looking farther")
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(
      new Option('--grid <extent>', "the reference's box, or the one around both, on the reference's lattice")
        .choices(['union', 'reference'])
        .default('union'),
    )
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: CoregisterOptions) =>
      host.run(options, async (session) => {
        const volumes = casesOf(await volumeCases(paths), paths, options.reference)
        const names = distinctNames(volumes)
        const labels =
          options.labels === undefined ? undefined : await labelsOfVolumes(volumes, options.labels)
        await assertFolderWritable(options.out)
        const cases = volumes.map((path, index) => ({
          name: names[index],
          input: requestOf(path, labels?.[index], names[index], options),
        }))
        if (cases.length > 1) {
          return runCases(session, 'coregister', cases, {
            columns: ['converged', 'deg', 'mm', 'MI before', 'MI after', 'overlap', 'Dice', 'warnings'],
            cells: (output) => [
              output.converged ? 'yes' : 'no',
              output.rotationDeg.toFixed(2),
              output.translationMm.toFixed(2),
              output.before?.mutualInformation.toFixed(3) ?? '',
              output.after.mutualInformation.toFixed(3),
              output.after.overlap.toFixed(2),
              meanDice(output),
              output.warnings.join(' '),
            ],
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('coregister', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(coregisterText(output), output)
        return exitCodes.success
      }),
    )
}

/**
 * The folder of the cases often holds the reference too, and outputs of an earlier run; only what is named one by one is
 * taken as told. Errors: `input-invalid` (nothing else is given).
 */
function casesOf(volumes: readonly string[], given: readonly string[], reference: string): readonly string[] {
  const named = new Set(given.map((path) => resolve(path)))
  const others = volumes.filter(
    (path) =>
      resolve(path) !== resolve(reference) &&
      (named.has(resolve(path)) || !/_registered(_labels)?$/.test(caseName(path))),
  )
  if (others.length > 0) return others
  throw new UserError(
    'input-invalid',
    'No CT is given beside the reference.',
    'Name the CTs first, before the options.',
  )
}

function requestOf(
  path: string,
  labelsPath: string | undefined,
  caseName: string,
  options: CoregisterOptions,
): Request {
  const acceptGeometry = options.acceptGeometry ?? false
  return {
    volume: { path, acceptGeometry },
    labelsPath,
    reference: { path: options.reference, acceptGeometry },
    referenceLabelsPath: options.referenceLabels,
    method: options.method,
    search: options.search,
    grid: options.grid,
    folder: options.out,
    caseName,
    force: options.force ?? false,
  }
}

function meanDice({ dice }: CoregisterOutput): string {
  if (dice.length === 0) return ''
  return (dice.reduce((sum, { after }) => sum + after, 0) / dice.length).toFixed(3)
}

function coregisterText(output: CoregisterOutput): string {
  const { before, after, stretches, dice } = output
  const isRigid = stretches.every((stretch) => Math.abs(stretch - 1) < 1e-6)
  const facts = factsTable([
    { name: output.isUpToDate ? 'up to date' : 'CT', value: output.volume },
    ...(output.labels === null ? [] : [{ name: 'labels', value: output.labels }]),
    { name: 'reference to CT', value: output.transform },
    { name: 'CT to reference', value: output.inverseTransform },
    { name: 'rotation', value: `${output.rotationDeg.toFixed(3)} degrees` },
    { name: 'translation', value: `${output.translationMm.toFixed(3)} mm (of the reference's centre)` },
    ...(isRigid ? [] : [{ name: 'stretches', value: stretches.map((s) => s.toFixed(4)).join(', ') }]),
    { name: 'mutual information', value: changeText(before?.mutualInformation, after.mutualInformation) },
    { name: 'correlation', value: changeText(before?.correlation, after.correlation) },
    { name: 'overlap', value: changeText(before?.overlap, after.overlap) },
    {
      name: 'starts',
      value: `${output.agreeingStarts} of ${output.starts} end equally well, within ${output.spreadMm.toFixed(2)} mm`,
    },
    { name: 'converged', value: output.converged ? 'yes' : 'no' },
  ])
  if (dice.length === 0) return facts
  const rows = dice.map(({ label, before: start, after: end }) => [label, start.toFixed(3), end.toFixed(3)])
  return `${facts}${textTable(['label', 'Dice before', 'Dice after'], rows)}`
}

const changeText = (before: number | undefined, after: number): string =>
  `${before === undefined ? '(apart)' : before.toFixed(3)} -> ${after.toFixed(3)}`
