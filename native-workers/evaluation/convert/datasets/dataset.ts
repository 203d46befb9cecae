import { type Camera } from '../../../contract/files/camera.js'
import { type Matrix4, type Vector2, type Vector3 } from '../../../contract/matrix.js'
import { type Hdf5File } from '../../../imaging/hdf5/hdf5-file.js'
import { type Volume } from '../../../imaging/volume.js'

export interface NamedPoint<Position> {
  readonly name: string
  readonly position: Position
}

/** One X-ray of a data set, upright and as a proper camera sees it. */
export interface DatasetProjection {
  readonly name: string
  readonly camera: Camera
  /** One or several poses; the first is that of the volume's main structure and has no name of its own. */
  readonly poses: readonly { readonly name: string; readonly cameraFromVolume: Matrix4 }[]
  readonly mirroredColumns: boolean
  readonly turned: boolean
  /** Pixels [u, v] of the picture as it is written. */
  readonly landmarks: readonly NamedPoint<Vector2>[]
  /** The picture as it is written, row-major. */
  readonly readPixels: () => Float32Array
}

/** One patient or specimen of a data set; nothing large is read before it is asked for. */
export interface DatasetSpecimen {
  /** Calls `onSlice` with the share that is read. */
  readonly readVolume: (onSlice: (fraction: number) => void) => Volume
  readonly readLabels: ((onSlice: (fraction: number) => void) => Volume) | null
  readonly labelNames: readonly { readonly label: number; readonly name: string }[]
  readonly landmarks: readonly NamedPoint<Vector3>[]
  readonly projections: readonly DatasetProjection[]
  readonly warnings: readonly string[]
}

/** How a published data set lies in its HDF5 file. */
export interface DatasetReader {
  readonly specimens: (file: Hdf5File) => { readonly id: string; readonly projections: number }[]
  /** Errors: `file-unreadable`, `geometry-invalid`. */
  readonly open: (file: Hdf5File, id: string) => DatasetSpecimen
}
