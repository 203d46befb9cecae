import type {
  FigureContent,
  FigureDesign,
  ProjectionPicture,
  SlicePlane,
} from '../../../../native-workers/contract/operations/figure.js'
import type { Vector3 } from '../../../../native-workers/contract/matrix.js'

/** What a panel can show, by one name each. */
export type ContentName = ProjectionPicture | SlicePlane | 'scene' | 'curve'

export const projectionNames = [
  'xray',
  'mask',
  'initial',
  'final',
  'high-quality',
  'edges',
  'difference',
  'checkerboard',
  'blend',
] as const satisfies readonly ProjectionPicture[]
export const planeNames = ['axial', 'coronal', 'sagittal'] as const satisfies readonly SlicePlane[]
export const otherNames = ['scene', 'curve'] as const

export interface PanelForm {
  /** Differs between panels, whatever their order. */
  readonly id: number
  readonly content: FigureContent
  /** Empty for what the content is called. */
  readonly caption: string
}

/** Widths of journals' columns. */
export const columnWidthsMm = { single: 85, 'one-and-a-half': 130, double: 180 } as const
export type ColumnWidth = keyof typeof columnWidthsMm

export interface FigureForm {
  readonly format: 'png' | 'tiff' | 'svg' | 'pdf'
  readonly panels: readonly PanelForm[]
  readonly columns: number
  readonly width: ColumnWidth
  readonly fontSizePoints: number
  readonly dotsPerInch: number
  readonly letters: FigureDesign['letters']
  readonly background: FigureDesign['background']
  readonly scaleBars: boolean
  readonly colourBar: boolean
  /** Whether slices carry the label map of the views. */
  readonly showsLabels: boolean
}

const usual = ['xray', 'final', 'edges', 'difference', 'blend', 'curve'] as const

export const initialFigure: FigureForm = {
  format: 'png',
  panels: usual.map((name, id) => ({ id, content: contentOf(name, 0, [0, 0, 0]), caption: '' })),
  columns: 3,
  width: 'double',
  fontSizePoints: 8,
  dotsPerInch: 300,
  letters: 'lower',
  background: 'white',
  scaleBars: true,
  colourBar: true,
  showsLabels: true,
}

export function nameOf(content: FigureContent): ContentName {
  switch (content.kind) {
    case 'projection':
      return content.picture
    case 'slice':
      return content.plane
    default:
      return content.kind
  }
}

/** The content of a name: of one X-ray, or a slice through the crosshair. */
export function contentOf(name: ContentName, viewIndex: number, crosshairMm: Vector3): FigureContent {
  const [x, y, z] = crosshairMm.map((value) => Math.round(10 * value) / 10)
  switch (name) {
    case 'axial':
      return { kind: 'slice', plane: name, positionMm: z }
    case 'coronal':
      return { kind: 'slice', plane: name, positionMm: y }
    case 'sagittal':
      return { kind: 'slice', plane: name, positionMm: x }
    case 'scene':
    case 'curve':
      return { kind: name }
    default:
      return { kind: 'projection', picture: name, viewIndex }
  }
}

export function withPanel(panels: readonly PanelForm[], content: FigureContent): readonly PanelForm[] {
  const id = Math.max(-1, ...panels.map((panel) => panel.id)) + 1
  return [...panels, { id, content, caption: '' }]
}

export const withoutPanel = (panels: readonly PanelForm[], id: number): readonly PanelForm[] =>
  panels.filter((panel) => panel.id !== id)

export const changedPanel = (
  panels: readonly PanelForm[],
  id: number,
  part: Partial<Omit<PanelForm, 'id'>>,
): readonly PanelForm[] => panels.map((panel) => (panel.id === id ? { ...panel, ...part } : panel))

/** The panels with one moved by a number of places; it stays at the ends. */
export function movedPanel(panels: readonly PanelForm[], id: number, places: number): readonly PanelForm[] {
  const from = panels.findIndex((panel) => panel.id === id)
  const panel = panels[from]
  if (panel === undefined) return panels
  const rest = panels.filter((other) => other !== panel)
  const to = Math.min(rest.length, Math.max(0, from + places))
  return [...rest.slice(0, to), panel, ...rest.slice(to)]
}
