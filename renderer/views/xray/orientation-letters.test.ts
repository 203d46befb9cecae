import { describe, expect, it } from 'vitest'
import { cameraFromVolumeOf } from '../../geometry/pose.js'
import { lettersAtEdges } from './orientation-letters.js'

const standing = { xMm: 0, yMm: 0, zMm: 700, tiltDeg: 5, turnDeg: 0, rollDeg: 10 }

describe('lettersAtEdges', () => {
  it('shows the patient’s right on the left of an AP view', () => {
    const letters = lettersAtEdges(cameraFromVolumeOf(standing, [10, 20, 30]))
    expect(letters).toEqual({ left: 'R', right: 'L', top: 'S', bottom: 'I' })
  })

  it('changes sides in a PA view and turns with the patient', () => {
    const back = cameraFromVolumeOf({ ...standing, turnDeg: 180 }, [0, 0, 0])
    expect(lettersAtEdges(back)).toMatchObject({ left: 'L', right: 'R', top: 'S' })
    const lying = cameraFromVolumeOf({ ...standing, rollDeg: 90 }, [0, 0, 0])
    expect(lettersAtEdges(lying)).toMatchObject({ right: 'S', bottom: 'L' })
  })
})
