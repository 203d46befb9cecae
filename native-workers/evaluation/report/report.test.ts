import { decode } from 'fast-png'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import { writeReportInputSchema } from '../../contract/operations/report.js'
import { poseFromDiffdrr } from '../../geometry/adapters/diffdrr.js'
import { rotationFromEuler, toRadians } from '../../geometry/rotations/euler.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { poseConventions } from './pose-conventions.js'
import { previewReport } from './preview-report.operation.js'
import { writeReport } from './write-report.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)

const write = (name: string, options: object = {}) =>
  writeReport(
    writeReportInputSchema.parse({
      resultPath: saved.resultFolder,
      outputPath: folder.file(name),
      ...options,
    }),
    quietContext(),
  )

/** The text of an SVG without its tags and blanks. */
const textOf = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8')).replaceAll(/<[^>]*>|\s/g, '')

describe('the report', () => {
  it('is one PDF page of A4 with its fonts', async () => {
    const { file, isUpToDate } = await write('report.pdf')
    expect(isUpToDate).toBe(false)
    const text = (await readFile(file)).toString('latin1')
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1)
    expect(text).toMatch(/\/MediaBox \[0 0 595 842\]/)
    expect((await write('report.pdf')).isUpToDate).toBe(true)
  })

  it('says verdict, pose, hashes, version and what it must not be used for', async () => {
    const text = await textOf((await write('report.svg', { title: 'Case 7' })).file)
    const { result } = await readSavedRegistration(saved.resultFolder)
    const [row] = result.views[0]?.cameraFromVolume ?? []
    for (const part of [
      'Case7',
      `Verdict:${result.verdict.level}`,
      row?.[0]?.toFixed(5).replace('-', '−'),
      'anglesZXY,xyzinmm',
      result.inputs[0]?.sha256.slice(0, 12),
      `Isocenter${result.version}`,
      'Notamedicaldevice',
      'blobs.nrrd',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('leaves out file names where they are not wanted', async () => {
    const { file } = await write('plain.svg', { withFileNames: false })
    expect(await textOf(file)).not.toMatch(/blobs|x-ray1/)
  })

  it('is shown as a picture, and refuses unknown endings', async () => {
    const input = { resultPath: saved.resultFolder, title: '', withFileNames: true, widthPixels: 400 }
    const { png } = await previewReport(input, quietContext())
    expect(decode(png).width).toBe(400)
    await expect(write('report.doc')).rejects.toMatchObject({ code: 'format-unsupported' })
  })
})

describe('the pose conventions', () => {
  it('give DiffDRR what it makes the same pose of', () => {
    const angle = toRadians(20)
    const worldFromVolume: Matrix4 = [
      [Math.cos(angle), 0, Math.sin(angle), 5],
      [Math.sin(angle), 0, -Math.cos(angle), -7],
      [0, 1, 0, 900],
      [0, 0, 0, 1],
    ]
    const camera = {
      schema: 'isocenter/camera@1',
      frame: 'LPS',
      imageSize: { width: 100, height: 100 },
      intrinsics: [
        [500, 0, 49.5],
        [0, 500, 49.5],
        [0, 0, 1],
      ],
      cameraFromWorld: [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    } as const
    const gridCentreMm = [10, 20, 30] as const
    const { diffdrr, cameraAxes, cameraFromVolume } = poseConventions(
      camera,
      worldFromVolume,
      { gridCentreMm, isocentreMm: gridCentreMm },
      false,
    )
    const [a, b, c] = diffdrr.anglesDeg.map(toRadians)
    const back = poseFromDiffdrr(
      {
        rotation: rotationFromEuler('ZXY', [a ?? NaN, b ?? NaN, c ?? NaN]),
        translationMm: diffdrr.translationMm,
        orientation: 'AP',
        reverseXAxis: true,
      },
      gridCentreMm,
    )
    cameraFromVolume.forEach((row, r) => {
      row.forEach((value, n) => expect(back.cameraFromVolume[r]?.[n]).toBeCloseTo(value, 6))
    })
    // The AP view rolled by 20 degrees about the view.
    expect(cameraAxes.rollDeg).toBeCloseTo(20, 6)
    expect([cameraAxes.turnDeg, cameraAxes.tiltDeg].map(Math.round)).toEqual([0, 0])
    expect(cameraAxes.isocentreMm[2]).toBeCloseTo(920, 9)
  })
})
