import { type Command, InvalidArgumentError, Option } from 'commander'
import { dirname } from 'node:path'
import {
  type ComposeFigureOutput,
  type FigureContent,
  type FigureDesign,
} from '../../contract/operations/figure.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import {
  panelNames,
  parseFigureWidth,
  parseLabelColours,
  parsePanelList,
  parseWindowLevel,
  usualPanels,
} from '../options/figure-options.js'
import { parseList, parseNonNegative, parsePositive, parsePositiveCount } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface FigureOptions extends CommonOptions {
  readonly out: string
  readonly panels: readonly FigureContent[]
  readonly captions?: readonly string[]
  readonly columns?: number
  readonly width?: number
  readonly fontSize?: number
  readonly letters?: FigureDesign['letters']
  readonly scaleBar: boolean
  readonly colourBar: boolean
  readonly background?: FigureDesign['background']
  readonly dpi?: number
  readonly window?: { readonly windowHu: number; readonly levelHu: number }
  readonly labels?: string
  readonly structures?: readonly number[]
  readonly labelOpacity?: number
  readonly labelColours?: Readonly<Record<string, string>>
  readonly force?: boolean
}

/** `isocenter figure RESULT --panels LIST --out FILE.(png|tiff|svg|pdf)`. */
export function addFigureCommand(program: Command, host: CommandHost): void {
  program
    .command('figure')
    .usage('RESULT --out FILE [options]')
    .summary('chosen panels of a registration as one figure for print')
    .description(
      'Composes X-ray, DRRs, overlays, CT slices, the 3D scene and the similarity curve into one figure, and prints the legend to put under it. PNG and TIFF carry their resolution; in SVG and PDF text stays text.',
    )
    .argument('<result>', 'result.json of a registration, or its folder')
    .optionsGroup('Panels:')
    .addOption(
      new Option('--panels <list>', `in reading order: ${panelNames}; @2 for the second X-ray`)
        .argParser(parsePanelList)
        .default(parsePanelList(usualPanels), usualPanels),
    )
    .option('--captions <text...>', "one per panel: '' for none, - for what the panel shows (default)")
    .option('--columns <count>', 'panels side by side (default: 3)', parsePositiveCount)
    .addOption(
      new Option('--letters <which>', 'of the panels (default: lower)').choices(['lower', 'upper', 'none']),
    )
    .optionsGroup('Slices:')
    .option('--window <window,level>', 'HU (default: 1500,300)', parseWindowLevel)
    .option('--labels <path>', 'label map to lay over the slices')
    .option('--structures <list>', 'only these labels of it, e.g. 1,2', (text) =>
      parseList(text, parsePositiveCount),
    )
    .option('--label-opacity <share>', '0 to 1 (default: 0.4)', parseShare)
    .option('--label-colours <list>', 'e.g. 1=ff8800,2=00aaff', parseLabelColours)
    .optionsGroup('Print:')
    .option('--width <mm>', 'or single (85), one-and-a-half (130), double (180, default)', parseFigureWidth)
    .option('--font-size <points>', 'of captions and numbers (default: 8)', parsePositive)
    .option(
      '--dpi <number>',
      'of PNG, TIFF and the pictures in SVG and PDF (default: 300)',
      parsePositiveCount,
    )
    .addOption(new Option('--background <colour>', '(default: white)').choices(['white', 'black']))
    .option('--no-scale-bar', 'leave out the scale bars')
    .option('--no-colour-bar', 'leave out the colour bar of differences')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.png, .tiff, .svg or .pdf')
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
    .action((result: string, options: FigureOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('compose-figure', figureRequest(result, options))
        output.notes.forEach((note) => session.note(note))
        session.report(figureText(output), output)
        return exitCodes.success
      }),
    )
}

function figureRequest(resultPath: string, options: FigureOptions): OperationRequest<'compose-figure'> {
  const { panels, captions = [] } = options
  if (captions.length > 0 && captions.length !== panels.length) {
    throw new InvalidArgumentError(
      `There are ${panels.length} panels and ${captions.length} captions; give one for each, '' for none.`,
    )
  }
  const labels =
    options.labels === undefined
      ? undefined
      : { path: options.labels, structures: [...(options.structures ?? [])] }
  return {
    resultPath,
    outputPath: options.out,
    force: options.force,
    design: {
      panels: panels.map((content, index) => ({
        content,
        caption: captions[index] === '-' ? undefined : captions[index],
      })),
      columns: options.columns,
      widthMm: options.width,
      fontSizePoints: options.fontSize,
      letters: options.letters,
      scaleBars: options.scaleBar,
      colourBar: options.colourBar,
      background: options.background,
      dotsPerInch: options.dpi,
      slices: {
        ...options.window,
        labels,
        labelOpacity: options.labelOpacity,
        labelColours: options.labelColours,
      },
    },
  }
}

function parseShare(text: string): number {
  const share = parseNonNegative(text)
  if (share > 1) throw new InvalidArgumentError(`${text} is above 1.`)
  return share
}

function figureText(output: ComposeFigureOutput): string {
  const { file, bytes, widthMm, heightMm, pixels, legend, isUpToDate } = output
  const size = `${widthMm} x ${heightMm} mm`
  return factsTable([
    { name: 'written to', value: `${file} (${(bytes / 1e6).toFixed(1)} MB)` },
    {
      name: 'size',
      value: pixels === null ? size : `${size}, ${pixels.width} x ${pixels.height} pixels`,
    },
    { name: 'legend', value: legend },
    ...(isUpToDate ? [{ name: 'state', value: 'up to date, nothing was done' }] : []),
  ])
}
