import { describe, expect, it } from 'vitest'
import {
  framesCommand,
  initialFrames,
  initialOrbit,
  initialReport,
  initialSurfaces,
  orbitCommand,
  prepareFrames,
  prepareOrbit,
  prepareReport,
  prepareSurfaces,
  reportCommand,
  surfacesCommand,
} from './requests.js'

const situation = { resultPath: '/o/a/result.json', outputFolder: '/o', caseName: 'a', viewIndex: 0 }

describe('the commands of exports', () => {
  it('report: title and file names', () => {
    const prepared = prepareReport(situation, { ...initialReport, title: ' Case 7 ', withFileNames: false })
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(reportCommand(prepared.request)).toEqual([
      ...['isocenter', 'report', '/o/a/result.json', '--title', 'Case 7', '--no-file-names'],
      ...['--out', '/o/export/a-report.pdf'],
    ])
  })

  it('orbit: frames of the seconds asked for', () => {
    const prepared = prepareOrbit(situation, { ...initialOrbit, format: 'gif', seconds: 3 })
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(orbitCommand(prepared.request).join(' ')).toBe(
      'isocenter orbit /o/a/result.json --out /o/export/a-orbit.gif --frames 60',
    )
  })

  it('frames: the folder that holds them', () => {
    const form = { ...initialFrames, folder: '/r/film 1', framesPerSecond: 5 }
    const prepared = prepareFrames('/o', form)
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(framesCommand(prepared.request)).toEqual([
      ...['isocenter', 'frames', '/r/film 1', '--out', '/o/export/film 1-frames.mp4', '--fps', '5'],
    ])
    expect(prepareFrames('/o', initialFrames).kind).toBe('missing')
  })

  it('surfaces: the labels that are shown, once their map is saved', () => {
    const labels = { path: '/l.nrrd', structures: [2, 5], isEdited: false }
    const prepared = prepareSurfaces('/o', labels, { ...initialSurfaces, space: 'RAS', format: 'ply' })
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(surfacesCommand(prepared.request).join(' ')).toBe(
      'isocenter surface /l.nrrd --labels 2,5 --format ply --space RAS --out /o/export/surfaces',
    )
    expect(prepareSurfaces('/o', null, initialSurfaces).kind).toBe('missing')
    expect(prepareSurfaces(null, labels, initialSurfaces).kind).toBe('missing')
    expect(prepareSurfaces('/o', { ...labels, isEdited: true }, initialSurfaces).kind).toBe('missing')
    expect(prepareSurfaces('/o', { ...labels, structures: [] }, initialSurfaces).kind).toBe('missing')
  })
})
