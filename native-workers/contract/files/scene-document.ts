import type { Matrix4, Vector3 } from '../matrix.js'

/** Deflated bytes (RFC 1950) as base64; numbers little-endian. */
export type PackedBytes = string

/** One X-ray's C-arm, placed by the registration in the volume's LPS millimetres. */
export interface SceneCarm {
  readonly name: string
  readonly sourceMm: Vector3
  /** Outer corners of the picture on the detector: top left, top right, bottom right, bottom left. */
  readonly detectorCornersMm: readonly [Vector3, Vector3, Vector3, Vector3]
  /** Where the principal ray meets the detector. */
  readonly principalPointMm: Vector3
  /** 8-bit greys, row-major, top row first. */
  readonly xray: { readonly width: number; readonly height: number; readonly greys: PackedBytes }
}

/** What a stand-alone scene shows, everything in the volume's LPS millimetres. Made and shown by one version. */
export interface SceneDocument {
  readonly schema: 'isocenter/scene@1'
  readonly title: string
  /** What a person may want to know of the scene, e.g. the threshold and the registration's verdict. */
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly isocentreMm: Vector3
  /** Corners of the volume's grid; those whose numbers differ in one bit are connected. */
  readonly boxCornersMm: readonly Vector3[]
  readonly surface: {
    /** Three uint16 per point; millimetres = origin + step * number. */
    readonly points: PackedBytes
    readonly originMm: Vector3
    readonly stepMm: number
    /** Three uint32 per triangle, counter-clockwise seen from outside. */
    readonly triangles: PackedBytes
  }
  /** Where the volume was before the registration, as seen from where it is now. */
  readonly startFromFinal: Matrix4
  readonly carms: readonly SceneCarm[]
}
