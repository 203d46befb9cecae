import { expect, it } from 'vitest'
import { stem } from './stem.js'

it.each([
  ['/a/b.c/ct.nii.gz', 'ct'],
  ['C:\\x\\xray-ap.png', 'xray-ap'],
  ['IM0001', 'IM0001'],
  ['1.2.840.113619', '1.2.840.113619'],
  ['.png', '.png'],
])('%s begins names with %s', (path, name) => {
  expect(stem(path)).toBe(name)
})
