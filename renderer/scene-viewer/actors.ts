import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import vtkSphereSource from '@kitware/vtk.js/Filters/Sources/SphereSource'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import vtkTexture from '@kitware/vtk.js/Rendering/Core/Texture'
import type { SceneCarm } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { rgb } from '../views/three-d/rgb.js'
import { unpack } from './unpack.js'

export function meshActor(mesh: vtkPolyData): vtkActor {
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputData(mesh)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  return actor
}

export function lineActor(
  segments: readonly (readonly [Vector3, Vector3])[],
  colour: string,
  lineWidth = 1,
): vtkActor {
  const lines = vtkPolyData.newInstance()
  lines.getPoints().setData(Float32Array.from(segments.flat(2)), 3)
  lines.getLines().setData(Uint32Array.from(segments.flatMap((_, i) => [2, 2 * i, 2 * i + 1])))
  const actor = meshActor(lines)
  actor.getProperty().set({ color: rgb(colour), lighting: false, lineWidth })
  return actor
}

export function sphereActor(centreMm: Vector3, radiusMm: number, colour: string): vtkActor {
  const sphere = vtkSphereSource.newInstance({
    center: [...centreMm],
    radius: radiusMm,
    thetaResolution: 32,
    phiResolution: 24,
  })
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputConnection(sphere.getOutputPort())
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  // From within it is not there, so that the view from a source is free.
  actor.getProperty().set({ color: rgb(colour), ambient: 0.25, backfaceCulling: true })
  return actor
}

/** The detector with its X-ray, seen from both sides. */
export async function detectorActor({ detectorCornersMm, xray }: SceneCarm): Promise<vtkActor> {
  const quad = vtkPolyData.newInstance()
  quad.getPoints().setData(Float32Array.from(detectorCornersMm.flat()), 3)
  quad.getPolys().setData(Uint32Array.from([4, 0, 1, 2, 3]))
  quad.getPointData().setTCoords(
    vtkDataArray.newInstance({
      name: 'TextureCoordinates',
      numberOfComponents: 2,
      values: Float32Array.from([0, 0, 1, 0, 1, 1, 0, 1]),
    }),
  )
  const greys = new Uint8Array(await unpack(xray.greys))
  const values = new Uint8Array(greys.length * 3)
  greys.forEach((grey, n) => values.fill(grey, 3 * n, 3 * n + 3))
  const image = vtkImageData.newInstance()
  image.setDimensions([xray.width, xray.height, 1])
  image.getPointData().setScalars(vtkDataArray.newInstance({ numberOfComponents: 3, values }))
  const texture = vtkTexture.newInstance({ interpolate: true })
  texture.setInputData(image)
  const actor = meshActor(quad)
  actor.addTexture(texture)
  actor.getProperty().set({ lighting: false })
  return actor
}
