import { describe, expect, it } from 'vitest'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { evaluationCommand, initialForm, prepareEvaluation, type EvaluateForm } from './request.js'

const situation = { resultPath: '/o/a/result.json', outputFolder: '/o', caseName: 'a', viewIndex: 0 }
const worldFromVolume: Matrix4 = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]

function commandOf(form: EvaluateForm): string {
  const prepared = prepareEvaluation(situation, form)
  if (prepared.kind === 'missing') throw new Error(prepared.what)
  return evaluationCommand(prepared.request, form).join(' ')
}

describe('an evaluation', () => {
  it('needs a format', () => {
    expect(prepareEvaluation(situation, { ...initialForm, formats: [] }).kind).toBe('missing')
  })

  it('has a command that names what differs from the defaults', () => {
    expect(commandOf(initialForm)).toBe('isocenter evaluate /o/a/result.json --out /o/evaluate')
    const truth = { path: '/t.pose.json', worldFromVolume }
    const content = { schema: 'isocenter/points@1', frame: 'LPS', points: [] } as const
    const points = { path: '/p.points.json', content: { ...content, points: [] } }
    expect(commandOf({ title: ' T ', formats: ['png'], truth, points })).toBe(
      'isocenter evaluate /o/a/result.json --out /o/evaluate --title T --formats png --truth /t.pose.json --points /p.points.json',
    )
  })

  it('measures at points with a truth alone', () => {
    const points = {
      path: '/p.json',
      content: { schema: 'isocenter/points@1' as const, frame: 'LPS' as const, points: [] },
    }
    const prepared = prepareEvaluation(situation, { ...initialForm, points })
    expect(prepared.kind === 'ready' && prepared.request.truth).toBeUndefined()
    expect(commandOf({ ...initialForm, points })).not.toContain('--points')
  })
})
