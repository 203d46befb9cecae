import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { type DiffdrrOrientation } from '../../../geometry/adapters/diffdrr.js'

/** A registration of xvr as its file tells it; what a layout does not record is undefined. Angles in radians. */
export interface XvrResult {
  readonly layout: 'parameters.pt' | 'newest .pth'
  /** Made by a renderer that displaces volumes by half a voxel, unless it was told otherwise. */
  readonly isDisplaced: boolean
  readonly volumePath: string | undefined
  readonly maskPath: string | undefined
  readonly labels: readonly number[]
  readonly orientation: DiffdrrOrientation | undefined
  readonly reverseXAxis: boolean
  readonly detector: {
    readonly sddMm: number
    /** Of the cropped picture. */
    readonly height: number
    readonly width: number
    readonly delxMm: number
    readonly delyMm: number
  }
  /** x0 and y0 as DiffDRR's constructor takes them. */
  readonly detectorOffsetMm: readonly [number, number] | undefined
  readonly xray: {
    readonly path: string | undefined
    readonly crop: number | undefined
    readonly subtractBackground: boolean | undefined
    readonly linearize: boolean | undefined
    /** "max", "sum" or an index. */
    readonly frame: string | number | undefined
  }
  /** The X-ray's columns were reversed on reading. */
  readonly posteriorFootToAnteriorFoot: boolean
  /** DiffDRR's [R | R t]. */
  readonly initial: Matrix4
  readonly final: Matrix4 | undefined
  readonly scales: readonly number[]
  readonly trajectory: readonly XvrTrajectoryPoint[]
  readonly runtimeSeconds: number | undefined
}

/** One iteration: always Euler ZXY, and the translation before the rotation, whatever the parameterization was. */
export interface XvrTrajectoryPoint {
  readonly stage: number
  readonly anglesRad: Vector3
  readonly translationMm: Vector3
  readonly similarity: number
  /** Since the start; 0 where the file records no times. */
  readonly seconds: number
}
