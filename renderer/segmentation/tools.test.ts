import { describe, expect, it } from 'vitest'
import { planes, planeGrid } from '../views/slices/plane.js'
import { editedName, isFileName } from './map-name.js'
import { paintThreshold } from './paint-threshold.js'
import { previewBox } from './preview-box.js'
import { defaultThreshold, freeLabel, thresholdFrom } from './tools.js'

describe('tools', () => {
  it('find the smallest free number', () => {
    expect(freeLabel([])).toBe(1)
    expect(freeLabel([1, 2, 4])).toBe(3)
  })

  it('put limits in order, and the box around the crosshair', () => {
    const box = { ...defaultThreshold, low: 500, high: 100, scope: 'box', boxMm: 10 } as const
    expect(thresholdFrom(box, [1, 2, 3])).toMatchObject({
      low: 100,
      high: 500,
      scope: { minMm: [-4, -3, -2], maxMm: [6, 7, 8] },
    })
  })

  it('name the saved map after the opened one, once', () => {
    expect(editedName('/data/bones.nii.gz')).toBe('bones-edited')
    expect(editedName('/data/bones-edited.nii.gz')).toBe('bones-edited')
    expect(['map 1', '..', 'a/b', ''].map(isFileName)).toEqual([true, false, false, false])
  })
})

describe('the preview of a threshold', () => {
  it('paints what the threshold takes, inside its box alone', () => {
    const grid = planeGrid(planes.axial, { minMm: [0, 0, 0], maxMm: [9, 4, 9] }, 1, 100)
    const threshold = thresholdFrom({ ...defaultThreshold, low: 1, scope: 'box', boxMm: 2 }, [3, 2, 5])
    expect(previewBox(threshold, planes.axial, grid, 7)).toBeNull()
    const box = previewBox(threshold, planes.axial, grid, 5)
    expect(box).toEqual({ left: 2, top: 1, right: 5, bottom: 4 })
    if (box === null) return
    const pixels = new Uint32Array(50)
    const labels = new Uint16Array(50)
    labels[22] = 3
    paintThreshold(pixels, new Int16Array(50).fill(1), labels, 10, threshold, 0x0000ff, box)
    const painted = [...pixels].flatMap((pixel, at) => (pixel === 0xff0000ff ? [at] : []))
    expect(painted).toEqual([12, 13, 14, 23, 24, 32, 33, 34])
  })
})
