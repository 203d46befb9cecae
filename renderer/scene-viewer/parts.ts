import type vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import type { SceneCarm, SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { accentColour, boneColour, drrColour } from '../ui/colours.js'
import { rgb } from '../views/three-d/rgb.js'
import { vtkMatrix } from '../views/three-d/vtk-matrix.js'
import type { Backdrop } from './backdrops.js'
import { detectorActor, lineActor, meshActor, sphereActor } from './actors.js'
import { surfaceMesh } from './surface-mesh.js'

/** Something that is shown or hidden as one. */
export interface ScenePart {
  readonly key: string
  readonly label: string
  readonly isShownFirst: boolean
  readonly actors: readonly vtkActor[]
}

/** One colour per X-ray, the same for its source and the border of its detector. */
const carmColours = [accentColour, drrColour, '#74b67a', '#d3b75c']
const sourceRadiusMm = 9
const isocentreRadiusMm = 4

/** Everything that the scene's document describes. */
export async function sceneParts(
  scene: SceneDocument,
  { frustumColour, principalRayColour, boxColour }: Backdrop,
): Promise<readonly ScenePart[]> {
  const mesh = await surfaceMesh(scene.surface)
  const bone = meshActor(mesh)
  bone.getProperty().set({ color: rgb(boneColour), specular: 0.15, specularPower: 20, ambient: 0.12 })
  const start = meshActor(mesh)
  start.setUserMatrix(vtkMatrix(scene.startFromFinal))
  start.getProperty().set({ color: rgb(drrColour), opacity: 0.3, ambient: 0.3 })
  const detectors = await Promise.all(scene.carms.map(detectorActor))
  const part = (key: string, label: string, actors: readonly vtkActor[], isShownFirst = true): ScenePart => ({
    ...{ key, label, actors, isShownFirst },
  })
  const box = lineActor(boxEdges(scene.boxCornersMm), boxColour)
  return [
    part('surface', 'CT surface', [bone]),
    part('xrays', 'X-rays', detectors),
    part(
      'frusta',
      'Beams',
      scene.carms.flatMap((carm, index) => beamActors(carm, index, frustumColour)),
    ),
    part('rays', 'Principal rays', [
      lineActor(
        scene.carms.map(({ sourceMm, principalPointMm }) => [sourceMm, principalPointMm] as const),
        principalRayColour,
        2,
      ),
    ]),
    part('sources', 'Sources', scene.carms.map(sourceActor)),
    part('isocentre', 'Isocentre', [sphereActor(scene.isocentreMm, isocentreRadiusMm, '#e0574f')]),
    part('box', 'Volume box and directions', [box]),
    part('start', 'Starting pose', [start], false),
  ]
}

const carmColour = (index: number): string => carmColours[index % carmColours.length] ?? accentColour

function beamActors(
  { sourceMm, detectorCornersMm }: SceneCarm,
  index: number,
  frustumColour: string,
): vtkActor[] {
  const [a, b, c, d] = detectorCornersMm
  return [
    lineActor(
      detectorCornersMm.map((corner) => [sourceMm, corner] as const),
      frustumColour,
    ),
    lineActor(
      [
        [a, b],
        [b, c],
        [c, d],
        [d, a],
      ],
      carmColour(index),
      2,
    ),
  ]
}

function sourceActor({ sourceMm }: SceneCarm, index: number): vtkActor {
  return sphereActor(sourceMm, sourceRadiusMm, carmColour(index))
}

/** Corners whose numbers differ in one bit are neighbours. */
function boxEdges(corners: readonly Vector3[]): (readonly [Vector3, Vector3])[] {
  return corners.flatMap((corner, n) =>
    [1, 2, 4].flatMap((bit) => {
      const neighbour = corners[n | bit]
      return (n & bit) === 0 && neighbour !== undefined ? [[corner, neighbour] as const] : []
    }),
  )
}
