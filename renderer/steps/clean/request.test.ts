import { describe, expect, it } from 'vitest'
import { operationContracts } from '../../../native-workers/contract/operations/index.js'
import { text } from '../../text/en.js'
import { cleanCommand, defaultCleanForm, prepareClean, type CleanForm } from './request.js'

const situation = { engineReady: true, volume: null, labelsPath: '/a/seg.nii.gz', outputFolder: '/out' }

function prepared(part: Partial<CleanForm>) {
  const made = prepareClean(situation, { ...defaultCleanForm, ...part })
  if (made.kind === 'missing') throw new Error(made.what)
  return made.request
}
const commandOf = (part: Partial<CleanForm>): string => {
  const command = cleanCommand(prepared(part))
  return command.kind === 'command' ? command.words.join(' ') : command.reason
}

describe('cleaning labels', () => {
  it('asks with the defaults of the operation', () => {
    const input = operationContracts['clean-labels'].input
    const { labelsPath, outputPath } = prepared({})
    expect(outputPath).toBe('/out/clean/seg_cleaned.nii.gz')
    expect(input.parse(prepared({}))).toEqual(input.parse({ labelsPath, outputPath }))
  })

  it('says what is missing, one thing after the other', () => {
    const words = text.preparation.missing
    const cases = [
      [{ engineReady: false }, {}, text.engine.notReady],
      [{ labelsPath: null }, {}, words.labels],
      [{}, { labels: '1, x' }, words.labelList],
      [{ outputFolder: null }, {}, words.folder],
    ] as const
    for (const [lacking, form, what] of cases) {
      const made = prepareClean({ ...situation, ...lacking }, { ...defaultCleanForm, ...form })
      expect(made).toEqual({ kind: 'missing', what })
    }
  })

  it('has the command that does the same', () => {
    expect(commandOf({})).toBe('isocenter labels clean /a/seg.nii.gz --out /out/clean/seg_cleaned.nii.gz')
    expect(commandOf({ keep: 'count', count: 3, labels: '1 2', others: 'keep' })).toContain(
      ' --labels 1,2 --keep 3 --others keep --out ',
    )
    expect(commandOf({ keep: 'min-volume', minVolumeMm3: 250, connectivity: 'corners' })).toContain(
      ' --connectivity 26 --keep min-volume=250 --out ',
    )
  })
})
