import { InvalidArgumentError } from 'commander'
import {
  type FigureContent,
  projectionPictureSchema,
  slicePlaneSchema,
} from '../../contract/operations/figure.js'
import { parseList, parseNumber, parsePositiveCount } from './values.js'

const projections = projectionPictureSchema.options
const planes = slicePlaneSchema.options

/** Panels that a figure has when none are named. */
export const usualPanels = 'xray,final,edges,difference,blend,curve'

/** What the panels' names are, for help and errors. */
export const panelNames = [...projections, ...planes.map((plane) => `${plane}[:MM]`), 'scene', 'curve'].join(
  ', ',
)

/**
 * `xray`, `final@2` (of the second X-ray), `axial` or `axial:-12.5` (LPS mm), `scene`, `curve`; with commas between.
 */
export function parsePanelList(text: string): readonly FigureContent[] {
  return parseList(text, (item) => parsePanel(item.trim()))
}

function parsePanel(item: string): FigureContent {
  const [, name = '', view, position] = /^([a-z0-9-]+?)(?:@([^:@]+))?(?::([^:@]+))?$/.exec(item) ?? []
  const projection = projectionPictureSchema.safeParse(name)
  if (projection.success && position === undefined) {
    const viewIndex = view === undefined ? 0 : parsePositiveCount(view) - 1
    return { kind: 'projection', picture: projection.data, viewIndex }
  }
  const plane = slicePlaneSchema.safeParse(name)
  if (plane.success && view === undefined) {
    return {
      kind: 'slice',
      plane: plane.data,
      ...(position !== undefined && { positionMm: parseNumber(position) }),
    }
  }
  if (item === 'scene' || item === 'curve') return { kind: item }
  throw new InvalidArgumentError(`"${item}" is no panel. There are ${panelNames}; @2 names the second X-ray.`)
}

/** The width in mm of a journal's column, or a number of mm. */
export function parseFigureWidth(text: string): number {
  switch (text) {
    case 'single':
      return 85
    case 'one-and-a-half':
      return 130
    case 'double':
      return 180
    default:
      return parseNumber(text)
  }
}

/** `WINDOW,LEVEL` in HU. */
export function parseWindowLevel(text: string): { readonly windowHu: number; readonly levelHu: number } {
  const [windowHu, levelHu, ...rest] = parseList(text, parseNumber)
  if (windowHu === undefined || levelHu === undefined || rest.length > 0 || windowHu <= 0) {
    throw new InvalidArgumentError(
      'Window and level are needed, with a comma between them and a window above 0.',
    )
  }
  return { windowHu, levelHu }
}

/** `LABEL=RRGGBB,...` */
export function parseLabelColours(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parseList(text, (item) => {
      const [, label = '', colour = ''] = /^(\d+)=#?([0-9a-f]{6})$/i.exec(item.trim()) ?? []
      if (label === '') throw new InvalidArgumentError(`"${item}" is no colour such as 3=ff8800.`)
      return [label, `#${colour.toLowerCase()}`]
    }),
  )
}
