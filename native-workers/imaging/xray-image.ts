import { type Vector2 } from '../contract/matrix.js'
import { type GeometryIssue } from '../contract/operations/volume.js'
import { type XrayTags } from '../contract/operations/xray.js'

/** A projection image: row-major, top row first, float32, larger = as stored after rescale and MONOCHROME1. */
export interface XrayImage {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
  readonly tags: XrayTags
  /** [column, row] pitch of the detector as the tags give it; absent where they are silent or contradictory. */
  readonly detectorPitchMm?: Vector2
  readonly issues: readonly GeometryIssue[]
  readonly format: string
}

/** An X-ray ready for comparison with a DRR: bright = more attenuation, and which pixels count. */
export interface PreparedXray {
  readonly width: number
  readonly height: number
  /** Scaled to 0..1 over the valid pixels. */
  readonly pixels: Float32Array
  /** 1 = valid, 0 = collimator, saturated or outside the given mask. */
  readonly valid: Uint8Array
  /** Pixels cut from the left and top by the crop; moves the principal point. */
  readonly cropOffset: { readonly left: number; readonly top: number }
  readonly notes: readonly string[]
}
