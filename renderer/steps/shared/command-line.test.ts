import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandText, flag, option } from './command-line.js'

const words = ['/a b/ct.nii.gz', "O'Neill", '$HOME', 'a=1+2,b=3', '', '`x`', 'ü"']

describe('the text of a command', () => {
  it.skipIf(process.platform === 'win32')('is read back by a shell word for word', () => {
    const command = commandText(['printf', '%s\\n', ...words], 'linux')
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`)
  })

  it('quotes only where it must', () => {
    expect(commandText(['isocenter', 'crop', '/a/ct.nii.gz', '--structures', 'a=1+2'], 'linux')).toBe(
      'isocenter crop /a/ct.nii.gz --structures a=1+2',
    )
    expect(commandText(['C:\\a b\\ct.nii', 'C:\\c'], 'win32')).toBe('"C:\\a b\\ct.nii" C:\\c')
  })

  it('leaves out what is so by default', () => {
    expect([
      ...option('--padding', 5, 5),
      ...flag('--float', false),
      ...option('--series', undefined),
    ]).toEqual([])
    expect([...option('--padding', 8, 5), ...flag('--float', true)]).toEqual(['--padding', '8', '--float'])
  })
})
