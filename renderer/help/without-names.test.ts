import { describe, expect, it } from 'vitest'
import { problemReport } from './problem-report.js'
import { withoutNames } from './without-names.js'

describe('a line of a problem report', () => {
  it.each([
    [`"/home/Jörg Müller/ct.nii.gz" was not opened in this window.`, '<name> was not opened in this window.'],
    [
      `ENOENT: no such file or directory, open '/data/O'Brien, Pat/ct.nii'`,
      'ENOENT: no such file or directory, open <name>',
    ],
    ['can not read /home/Jörg Müller/a b, c.nii: it is damaged', 'can not read <path>'],
    [String.raw`can not read C:\Users\Doe John\scan.dcm today`, 'can not read <path>'],
    [String.raw`can not read \\server\share\Doe`, 'can not read <path>'],
    ['fetch isocenter-data://session/%2Fhome%2Fdoe failed', 'fetch <path>'],
    [
      'Doe John 1950.nii.gz is not a CT, an X-ray, a camera or a pose.',
      ' <path> is not a CT, an X-ray, a camera or a pose.',
    ],
    [
      'engine: series 1.2.840.113619.2.55 of DOE^JOHN born 19500101',
      'engine: series <id> of <name> born <id>',
    ],
    ['results/doe/x failed', '<path>'],
    ['doe.par is not an image', ' <path> is not an image'],
  ])('loses its names: %s', (line, expected) => {
    expect(withoutNames(line)).toBe(expected)
  })

  it.each([
    "The display copy of the CT can't be read; it isn't there.",
    "engine: the window's process ended: crashed (5)",
    'engine: listening, Node v22.11.0, 4 threads, 12.5 ms',
  ])('keeps what names nothing: %s', (line) => {
    expect(withoutNames(line)).toBe(line)
  })

  it('keeps its time, and of a stack the functions with their lines', () => {
    const line = '2026-01-02T03:04:05.678Z Error: bad'
    const stack = [
      '    at Object.run (file:///home/doe/out/main/index.js:12:34)',
      '    at /home/doe/x y.js:1:2',
    ]
    expect(withoutNames([line, ...stack].join('\n'))).toBe(
      [line, '    at Object.run (<path>:12:34)', '    at <path>:1:2'].join('\n'),
    )
  })
})

it('tells the engine’s states in a word', () => {
  expect(withoutNames('engine: {"state":"lost","reason":"/home/doe"}')).toBe('engine: lost')
})

it('a problem report has facts, errors and the last lines of the log', () => {
  const report = problemReport({
    facts: [{ name: 'Isocenter', value: '0.1.0' }],
    errors: ['"doe.nii" is not a CT.'],
    logLines: Array.from({ length: 150 }, (_, n) => `line ${n}`),
  })
  expect(report).toContain('Isocenter: 0.1.0\n\nErrors\n<name> is not a CT.\n\nLog\nline 50\n')
  expect(report).toMatch(/line 149\n$/)
  expect(problemReport({ facts: [], errors: [], logLines: [] })).toContain('Errors\nnone\n')
})
