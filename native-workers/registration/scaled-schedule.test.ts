import { describe, expect, it } from 'vitest'
import { identity4 } from '../geometry/matrix.js'
import { obliqueCamera } from '../rendering/testing/analytic-volumes.js'
import { scaledBodySchedule, scaledIsolatedSchedule } from './scaled-schedule.js'
import { scaledEdges } from './scaled-edges.js'
import { type RegistrationScene } from './registration-scene.js'

function sceneOf(width: number, height: number): Pick<RegistrationScene, 'views' | 'content'> {
  const picture = { width, height, pixels: new Float32Array(0), valid: new Uint8Array(0) }
  return { content: null, views: [{ name: 'x', camera: obliqueCamera(width, height), picture }] }
}

describe('scales', () => {
  it('divide the height that the X-ray had before its crop', () => {
    expect(scaledEdges(sceneOf(400, 400), identity4, [8, 4], 0)).toEqual([50, 100])
    // xvr: a crop of 100 leaves p = s H / (H + 100), so the picture has (H + 100) / s rows.
    const [edge] = scaledEdges(sceneOf(400, 400), identity4, [10], 100)
    expect(edge).toBeCloseTo(50, 9)
  })

  it('give pictures of height / scale rows also where they are not square', () => {
    const [edge] = scaledEdges(sceneOf(800, 200), identity4, [4], 0)
    const shrink = edge / Math.sqrt(800 * 200)
    expect(200 * shrink).toBeCloseTo(50, 9)
  })

  it('keep global NCC for the first of several stages and the metric for the others', () => {
    const channels = scaledBodySchedule([24, 60, 250], 'mi').map((stage) => stage.channels)
    expect(channels).toEqual(['ncc', 'mi', 'mi'])
    expect(scaledBodySchedule([60], 'gncc').map((stage) => stage.channels)).toEqual(['gncc'])
    expect(scaledBodySchedule([24, 250], 'gmncc').map(({ name }) => name)).toEqual(['24', '250'])
  })

  it('keep the silhouette’s margin of single bones', () => {
    const stages = scaledIsolatedSchedule([12, 40], 5)
    expect(stages.map(({ silhouetteMarginMm }) => silhouetteMarginMm)).toEqual([5, 5])
    expect(stages.map(({ edgePixels }) => edgePixels)).toEqual([12, 40])
  })
})
