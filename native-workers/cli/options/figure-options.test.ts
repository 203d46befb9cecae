import { describe, expect, it } from 'vitest'
import {
  parseFigureWidth,
  parseLabelColours,
  parsePanelList,
  parseWindowLevel,
  usualPanels,
} from './figure-options.js'

describe('the panels of a figure', () => {
  it('are pictures of an X-ray, slices at a place, the scene and the curve', () => {
    expect(parsePanelList('xray, final@2,axial:-12.5,sagittal,high-quality,scene,curve')).toEqual([
      { kind: 'projection', picture: 'xray', viewIndex: 0 },
      { kind: 'projection', picture: 'final', viewIndex: 1 },
      { kind: 'slice', plane: 'axial', positionMm: -12.5 },
      { kind: 'slice', plane: 'sagittal' },
      { kind: 'projection', picture: 'high-quality', viewIndex: 0 },
      { kind: 'scene' },
      { kind: 'curve' },
    ])
    expect(parsePanelList(usualPanels)).toHaveLength(6)
  })

  it.each(['', 'x-ray', 'xray:3', 'axial@2', 'xray@0', 'axial:', 'axial:high', 'scene@1', 'xray,,final'])(
    'are not "%s"',
    (text) => {
      expect(() => parsePanelList(text)).toThrow()
    },
  )
})

it('widths are columns or millimetres, window and level come together', () => {
  expect([parseFigureWidth('single'), parseFigureWidth('double'), parseFigureWidth('120.5')]).toEqual([
    85, 180, 120.5,
  ])
  expect(() => parseFigureWidth('wide')).toThrow('not a number')
  expect(parseWindowLevel('400,40')).toEqual({ windowHu: 400, levelHu: 40 })
  expect(() => parseWindowLevel('400')).toThrow('Window and level')
  expect(parseLabelColours('3=FF8800,12=#00aaff')).toEqual({ '3': '#ff8800', '12': '#00aaff' })
  expect(() => parseLabelColours('3=red')).toThrow('no colour')
})
