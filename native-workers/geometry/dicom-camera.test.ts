import { describe, expect, it } from 'vitest'
import { type XrayTags } from '../contract/operations/xray.js'
import { poseFromDicomTags } from './dicom-camera.js'
import { distance, invertRigid, transformDirection, transformPoint, translationPart } from './matrix.js'

const isocentreMm = [10, -20, 300] as const
const tags: XrayTags = {
  frames: 1,
  sourceToPatientMm: 765,
  positionerPrimaryAngleDeg: 0,
  positionerSecondaryAngleDeg: 0,
}
const ap = { orientation: 'AP', reverseXAxis: true, isocentreMm } as const

describe('a starting pose from DICOM angles', () => {
  it('stands in front of the patient for AP and behind for PA, looking at the isocentre', () => {
    const front = invertRigid(poseFromDicomTags(tags, ap).cameraFromVolume)
    // Anterior is -y in LPS.
    expect(distance(translationPart(front), [10, -785, 300])).toBeLessThan(1e-10)
    expect(distance(transformDirection(front, [0, 0, 1]), [0, 1, 0])).toBeLessThan(1e-12)
    const behind = invertRigid(
      poseFromDicomTags(tags, { ...ap, orientation: 'PA', reverseXAxis: false }).cameraFromVolume,
    )
    expect(distance(translationPart(behind), [10, 745, 300])).toBeLessThan(1e-10)
    expect(distance(transformDirection(behind, [0, 0, 1]), [0, -1, 0])).toBeLessThan(1e-12)
  })

  it('turns about the patient axis by the primary angle and tilts by the secondary, the isocentre staying on the ray', () => {
    const { cameraFromVolume } = poseFromDicomTags(
      { ...tags, positionerPrimaryAngleDeg: 30, positionerSecondaryAngleDeg: 10 },
      ap,
    )
    expect(distance(transformPoint(cameraFromVolume, isocentreMm), [0, 0, 765])).toBeLessThan(1e-10)
    const view = transformDirection(invertRigid(cameraFromVolume), [0, 0, 1])
    // Rz(30) Rx(10) takes RAS -y to (sin 30 cos 10, -cos 30 cos 10, -sin 10); LPS turns the first two round.
    const [cos10, sin10] = [Math.cos(Math.PI / 18), Math.sin(Math.PI / 18)]
    expect(distance(view, [-0.5 * cos10, Math.cos(Math.PI / 6) * cos10, -sin10])).toBeLessThan(1e-12)
  })

  it('names the tags that are absent', () => {
    expect(() => poseFromDicomTags({ frames: 1, positionerPrimaryAngleDeg: 3 }, ap)).toThrow(
      /Positioner Secondary Angle \(0018,1511\), Distance Source to Patient \(0018,1111\) are absent/,
    )
    expect(() => poseFromDicomTags(tags, { ...ap, orientation: 'none' })).toThrow(/neither was chosen/)
  })
})
