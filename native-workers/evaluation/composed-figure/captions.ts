import {
  type FigureContent,
  type FigureDesign,
  type FigurePanel,
  type ProjectionPicture,
} from '../../contract/operations/figure.js'

const projectionNames: Readonly<Record<ProjectionPicture, string>> = {
  xray: 'X-ray',
  mask: 'Mask on X-ray',
  initial: 'Initial DRR',
  final: 'Final DRR',
  'high-quality': 'High-quality DRR',
  edges: 'DRR edges on X-ray',
  difference: '|X-ray − DRR|',
  checkerboard: 'Checkerboard',
  blend: 'Blend',
}

const planeNames = { axial: 'Axial, z', coronal: 'Coronal, y', sagittal: 'Sagittal, x' } as const

/** What a panel is called when nobody says otherwise; the X-ray's number where the figure shows several. */
export function usualCaption(
  content: FigureContent,
  showsSeveralViews: boolean,
  positionMm: number | null,
): string {
  switch (content.kind) {
    case 'projection': {
      const name = projectionNames[content.picture]
      return showsSeveralViews ? `${name} (view ${content.viewIndex + 1})` : name
    }
    case 'slice':
      return `${planeNames[content.plane]} = ${signed(positionMm ?? 0)} mm`
    case 'scene':
      return 'CT, C-arm and X-ray'
    case 'curve':
      return 'Similarity'
  }
}

const signed = (value: number): string => value.toFixed(1).replace('-', '−')

/** "a", "b" ... of a panel; '' where panels have none. */
export function panelLetter(index: number, letters: FigureDesign['letters']): string {
  if (letters === 'none') return ''
  const letter = String.fromCharCode('a'.charCodeAt(0) + index)
  return letters === 'upper' ? letter.toUpperCase() : letter
}

export interface LegendFacts {
  readonly captions: readonly string[]
  /** For panels without a caption. */
  readonly usualCaptions: readonly string[]
  readonly panels: readonly FigurePanel[]
  readonly hasProjectionBars: boolean
  readonly hasSliceBars: boolean
}

/** The paragraph that belongs under the figure: every panel, and what colours and bars mean. */
export function legendText(
  { captions, usualCaptions, panels, ...facts }: LegendFacts,
  design: FigureDesign,
): string {
  const sentences = captions.map((caption, index) => {
    const letter = panelLetter(index, design.letters)
    const named = caption === '' ? usualCaptions[index] : caption
    return letter === '' ? `${named}.` : `(${letter}) ${named}.`
  })
  const shows = (picture: ProjectionPicture) =>
    panels.some(({ content }) => content.kind === 'projection' && content.picture === picture)
  if (shows('mask')) sentences.push('Orange: left out of the comparison.')
  if (shows('edges')) sentences.push('Edges of the final DRR in orange.')
  if (shows('difference')) {
    sentences.push('Absolute difference in grey levels of 255; light grey: not compared.')
  }
  if (shows('checkerboard')) sentences.push('Checkerboard of X-ray and final DRR.')
  if (shows('blend')) {
    sentences.push('Blend: X-ray orange, final DRR blue, grey where they agree.')
  }
  if (panels.some(({ content }) => content.kind === 'slice')) {
    const { windowHu, levelHu } = design.slices
    sentences.push(`Slices at LPS coordinates: window ${windowHu} HU, level ${levelHu} HU.`)
  }
  if (panels.some(({ content }) => content.kind === 'curve')) {
    sentences.push('Similarity of the accepted steps; stages compare pictures of different sizes.')
  }
  sentences.push(...barSentences(facts))
  return sentences.join(' ')
}

export function barSentences({
  hasProjectionBars,
  hasSliceBars,
}: Pick<LegendFacts, 'hasProjectionBars' | 'hasSliceBars'>): readonly string[] {
  if (hasProjectionBars && hasSliceBars) {
    return ['Scale bars: in projections at the isocentre, in slices in their plane.']
  }
  return hasProjectionBars ? ['Scale bars hold at the isocentre.'] : []
}
