import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { identity4, transformPoint } from '../../geometry/math.js'
import { stepped } from '../../geometry/pose.js'
import { dragStep, keyStep, wheelStep } from './pose-gestures.js'

const plain = { shift: false, control: false }
const isocentre: Vector3 = [0, 0, 700]

/** Where a point that faces the source (50 mm before the isocentre) goes. */
function facing(step: ReturnType<typeof dragStep>): Vector3 {
  return transformPoint(stepped(identity4, identity4, isocentre, step), [0, 0, 650])
}

describe('gestures on the pose', () => {
  it('keep the object under the pointer', () => {
    expect(dragStep({ dx: 10, dy: -4, ...plain }, 0.5).translationMm).toEqual([5, -2, 0])
  })

  it('turn the side that faces the source with the pointer', () => {
    expect(facing(dragStep({ dx: 40, dy: 0, ...plain, shift: true }, 1))[0]).toBeGreaterThan(1)
    expect(facing(dragStep({ dx: 0, dy: 40, ...plain, shift: true }, 1))[1]).toBeGreaterThan(1)
    const right = { key: 'ArrowRight', altKey: true, shiftKey: true, ctrlKey: false }
    expect(facing(keyStep(right) ?? dragStep({ dx: 0, dy: 0, ...plain }, 1))[0]).toBeGreaterThan(1)
  })

  it('bring the object closer to the source by the wheel forward', () => {
    expect(wheelStep(true, false).translationMm[2]).toBeLessThan(0)
  })

  it('leave other keys alone', () => {
    expect(keyStep({ key: 'a', altKey: false, shiftKey: false, ctrlKey: false })).toBeNull()
  })
})
