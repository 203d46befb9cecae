import { basename } from 'node:path'
import { type SceneDocument } from '../../contract/files/scene-document.js'
import { type Vector3 } from '../../contract/matrix.js'
import { invertRigid, multiply4, transformPoint } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'
import { type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { sceneCarm } from './scene-carm.js'

/** The scene of a saved registration round a surface, and what had to be assumed for it. */
export async function describeScene(
  saved: SavedRegistration,
  volume: Volume,
  { surface, threshold }: { surface: SceneDocument['surface']; threshold: number },
): Promise<{ document: SceneDocument; notes: string[] }> {
  const { result, views } = saved
  const { isocentreMm, final, initial } = result
  const placed = await Promise.all(views.map((view) => sceneCarm(view, final.worldFromVolume, isocentreMm)))
  const name = basename(saved.input.volume.path)
  const document: SceneDocument = {
    schema: 'isocenter/scene@1',
    title: `${name} · ${views.map((view) => view.name).join(', ')}`,
    facts: [
      { name: 'verdict', value: result.verdict.level },
      { name: 'surface', value: `from the value ${threshold}` },
      { name: 'registered', value: result.created.slice(0, 10) },
    ],
    isocentreMm,
    boxCornersMm: boxCorners(volume),
    surface,
    startFromFinal: multiply4(invertRigid(final.worldFromVolume), initial.worldFromVolume),
    carms: placed.map(({ carm }) => carm),
  }
  return { document, notes: placed.flatMap(({ notes }) => notes) }
}

/** Outer corners of the grid's voxels; bit 0, 1, 2 of the number choose the far side along i, j, k. */
function boxCorners({ grid }: Volume): Vector3[] {
  const far = (corner: number, axis: 0 | 1 | 2) => ((corner >> axis) & 1 ? grid.size[axis] - 0.5 : -0.5)
  return Array.from({ length: 8 }, (_, corner) =>
    transformPoint(lpsFromIndex(grid), [far(corner, 0), far(corner, 1), far(corner, 2)]),
  )
}
