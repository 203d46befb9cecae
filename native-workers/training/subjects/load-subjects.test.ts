import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import { trainingConfigurationSchema, type TrainingSubject } from '../../contract/training/configuration.js'
import { affine, invertRigid, multiply4 } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { resampleNearest } from '../../imaging/resample/nearest.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeTransformFile } from '../../imaging/transform-file/write-transform.js'
import { writeNifti } from '../../imaging/write-nifti.js'
import { centredGrid, posedBefore } from '../../rendering/testing/analytic-volumes.js'
import { SubjectRenderer } from '../rendering/subject-renderer.js'
import { phantomHu, phantomLabels, phantomSettings } from '../testing/phantom-subject.js'
import { loadSubjects } from './load-subjects.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const at = folder.file
let written = 0
const optimisation = { learningRate: 1e-3, totalIterations: 1, warmupIterations: 0, saveEvery: 1 }
const configured = (subjects: readonly (Partial<TrainingSubject> & { volume: { path: string } })[]) =>
  trainingConfigurationSchema.parse({
    ...phantomSettings,
    subjects: subjects.map((subject, n) => ({ name: `subject ${n}`, ...subject })),
    optimisation,
    validation: { every: 1 },
  })

async function phantomFile(): Promise<string> {
  const path = at(`ct-${written++}.nii.gz`)
  await writeNifti(path, phantomHu())
  return path
}

describe('loadSubjects', () => {
  it('puts label maps of any grid where they lie in the world', async () => {
    const volume = phantomHu()
    const { labels } = phantomLabels(volume)
    const fine = { ...centredGrid([90, 84, 95], [1, 1, 1]), originMm: [-22, 58, 298] as const }
    const other = new Uint8Array(90 * 84 * 95)
    resampleNearest({ grid: volume.grid, voxels: labels }, fine, other)
    await writeNifti(at('labels.nii.gz'), { grid: volume.grid, voxels: labels })
    await writeNifti(at('other.nii.gz'), { grid: fine, voxels: other })
    const path = await phantomFile()
    const { subjects } = await loadSubjects(
      configured([
        { volume: { path, acceptGeometry: false }, labels: { path: at('labels.nii.gz'), structures: [] } },
        { volume: { path, acceptGeometry: false }, labels: { path: at('other.nii.gz'), structures: [] } },
      ]),
    )
    const [same, resampled] = subjects.map((subject) => subject.labels)
    if (same === null || resampled === null) throw new Error('Both subjects have labels.')
    expect(resampled.structures.map(({ label }) => label)).toEqual([1, 2])
    const total = same.union.voxels.reduce((sum, share) => sum + share, 0)
    const difference = same.union.voxels.reduce(
      (sum, share, n) => sum + Math.abs(share - resampled.union.voxels[n]),
      0,
    )
    expect(difference / total).toBeLessThan(0.1)
  })

  it('shows a subject with a warp as the template’s pose brings it there', async () => {
    const patientFromTemplate = affine(rotationFromVector([0.3, -0.2, 0.5]), [15, -20, 330])
    await writeTransformFile(at('warp.tfm'), patientFromTemplate)
    const path = await phantomFile()
    const volume = { path, acceptGeometry: false }
    const warp = { path: at('warp.tfm'), invert: false, templateCentreMm: [5, -3, 2] as const }
    const { subjects } = await loadSubjects(configured([{ volume }, { volume, warp: { ...warp } }]))
    expect(subjects[1].isocentreMm).toEqual([5, -3, 2])
    const renderer = await SubjectRenderer.create(subjects, phantomSettings.detector, 2)
    const cameraFromPatient = posedBefore(subjects[0].isocentreMm)
    const cameraFromTemplate: Matrix4 = multiply4(cameraFromPatient, patientFromTemplate)
    const [own] = renderer.render(0, 2, [cameraFromPatient])
    const [warped] = renderer.render(1, 2, [cameraFromTemplate])
    const [unmoved] = renderer.render(1, 2, [multiply4(cameraFromPatient, invertRigid(patientFromTemplate))])
    renderer.dispose()
    const largest = Math.max(...own)
    expect(largest).toBeGreaterThan(1)
    const worst = (picture: Float32Array) => Math.max(...picture.map((value, n) => Math.abs(value - own[n])))
    expect(worst(warped)).toBeLessThan(1e-3 * largest)
    expect(worst(unmoved)).toBeGreaterThan(0.1 * largest)
  })

  it('says which file is missing', async () => {
    const missing = configured([{ volume: { path: at('none.nii.gz'), acceptGeometry: false } }])
    await expect(loadSubjects(missing)).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
