import { describe, expect, it } from 'vitest'
import {
  changedPanel,
  contentOf,
  initialFigure,
  movedPanel,
  withoutPanel,
  withPanel,
  type FigureForm,
} from './figure-form.js'
import { figureCommand, prepareFigure, type SliceSituation } from './figure-request.js'

const situation = { resultPath: '/o/a/result.json', outputFolder: '/o', caseName: 'a', viewIndex: 0 }
const labels = {
  path: '/l.nii.gz',
  structures: [1, 3],
  opacity: 0.5,
  colours: new Map([[3, '#ff0000']]),
  isEdited: false,
}
const slices: SliceSituation = { windowLevel: { width: 1500, centre: 400 }, labels }

function command(form: FigureForm, given = slices): string {
  const prepared = prepareFigure(situation, form, given)
  if (prepared.kind === 'missing') throw new Error(prepared.what)
  return figureCommand(prepared.request).join(' ')
}

describe('the panels of the form', () => {
  const { panels } = initialFigure
  const names = (list: typeof panels) => list.map(({ id }) => id).join('')

  it('are added, moved as far as there is room, and removed', () => {
    const more = withPanel(panels, contentOf('axial', 0, [1, 2, 3.04]))
    expect(names(more)).toBe('0123456')
    expect(more.at(-1)?.content).toEqual({ kind: 'slice', plane: 'axial', positionMm: 3 })
    expect(names(movedPanel(more, 6, -2))).toBe('0123645')
    expect(names(movedPanel(more, 0, -1))).toBe('0123456')
    expect(names(withoutPanel(more, 0))).toBe('123456')
    expect(changedPanel(panels, 2, { caption: 'x' })[2]?.caption).toBe('x')
  })
})

describe('the command of a figure', () => {
  it('names what differs from its defaults', () => {
    expect(command(initialFigure)).toBe(
      'isocenter figure /o/a/result.json --panels xray,final,edges,difference,blend,curve --out /o/export/a-figure.png',
    )
    const panels = [
      { id: 0, content: contentOf('final', 1, [0, 0, 0]), caption: '' },
      { id: 1, content: contentOf('sagittal', 0, [-12.5, 0, 0]), caption: 'Side' },
    ]
    expect(
      command({ ...initialFigure, panels, columns: 2, width: 'single', format: 'pdf', scaleBars: false }),
    ).toBe(
      'isocenter figure /o/a/result.json --panels final@2,sagittal:-12.5 --captions - Side --columns 2 --width single --no-scale-bar --window 1500,400 --labels /l.nii.gz --structures 1,3 --label-opacity 0.5 --label-colours 3=ff0000 --out /o/export/a-figure.pdf',
    )
  })

  it('waits for panels, and for edits of labels to be saved where they are shown', () => {
    expect(prepareFigure(situation, { ...initialFigure, panels: [] }, slices).kind).toBe('missing')
    const edited = { ...slices, labels: { ...labels, isEdited: true } }
    expect(prepareFigure(situation, initialFigure, edited).kind).toBe('ready')
    const panels = withPanel([], contentOf('axial', 0, [0, 0, 0]))
    expect(prepareFigure(situation, { ...initialFigure, panels }, edited).kind).toBe('missing')
    expect(prepareFigure(situation, { ...initialFigure, panels, showsLabels: false }, edited).kind).toBe(
      'ready',
    )
  })
})
