import { describe, expect, it } from 'vitest'
import { drrCommand, initialForm, prepareDrr } from './request.js'

const situation = { resultPath: '/o/a/result.json', outputFolder: '/o', caseName: 'a', viewIndex: 0 }

describe('a fine DRR', () => {
  it('is named after its case and X-ray, and follows the registration unless told otherwise', () => {
    const prepared = prepareDrr(situation, initialForm)
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(prepared.request).toMatchObject({
      scene: { kind: 'result', resultPath: '/o/a/result.json', viewIndex: 0 },
      outputPath: '/o/drr/a-drr-1.png',
      boneMultiplier: undefined,
    })
    expect(drrCommand(prepared.request).join(' ')).toBe(
      'isocenter drr /o/a/result.json --out /o/drr/a-drr-1.png',
    )
  })

  it('has a command with all that differs from the command line’s defaults', () => {
    const form = { format: 'dcm', supersampling: 4, boneMultiplier: 1.5 } as const
    const prepared = prepareDrr({ ...situation, viewIndex: 1 }, form)
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(drrCommand(prepared.request).slice(4)).toEqual([
      '/o/drr/a-drr-2.dcm',
      '--view',
      '2',
      '--supersampling',
      '4',
      '--bone-multiplier',
      '1.5',
    ])
  })
})
