import { describe, expect, it } from 'vitest'
import { renderFigure } from './canvas.js'
import { cohortFigure } from './cohort-figure.js'

const data = {
  title: 'Cohort',
  cases: 3,
  failed: 0,
  successRates: [],
  values: [
    { quantity: 'mtre_mm', label: 'mTRE (mm)', pose: 'initial', values: [38, 21, 44] },
    { quantity: 'mtre_mm', label: 'mTRE (mm)', pose: 'final', values: [0.1, 0.3, 0.06] },
    { quantity: 'edgeDistancePixels', label: 'Edge distance (px)', pose: 'final', values: [1, 2, 3] },
    { quantity: 'edgeDistanceMm', label: 'Edge distance (mm)', pose: 'final', values: [1, 2, 3] },
  ],
} as const

const textOf = async (figure: ReturnType<typeof cohortFigure>) =>
  Buffer.from(await renderFigure(figure, 'svg'))
    .toString('utf8')
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll(/\s/g, '')

describe('cohortFigure', () => {
  it('shows the errors of start and answer on an axis of powers of ten', async () => {
    const text = await textOf(cohortFigure(data))
    for (const tick of ['0.01', '0.1', '1', '10', '100']) expect(text).toContain(`|${tick}|`)
  })

  it('leaves out the distance of edges in pixels where it is known in mm, and keeps it where it is not', async () => {
    const compact = (text: string) => text.replaceAll('|', '')
    const text = compact(await textOf(cohortFigure(data)))
    expect(text).toContain('Edgedistance(mm)')
    expect(text).not.toContain('Edgedistance(px)')
    const values = data.values.map((each) =>
      each.quantity === 'edgeDistanceMm' ? { ...each, values: [1, 2] } : each,
    )
    expect(compact(await textOf(cohortFigure({ ...data, values })))).toContain('Edgedistance(px)')
  })
})
