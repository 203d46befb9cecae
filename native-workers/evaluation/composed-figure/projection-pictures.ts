import { type ProjectionPicture } from '../../contract/operations/figure.js'
import { scaleCamera } from '../../geometry/camera.js'
import { multiply4 } from '../../geometry/matrix.js'
import { areaResample, type GreyPicture } from '../../imaging/picture/area-resample.js'
import { greyLevel, type GreyRange, greyRange, matchedRange } from '../display/grey-levels.js'
import { figurePicture } from '../figure/canvas.js'
import { type DifferenceScale, differenceScale } from '../figure/difference-scale.js'
import { viridis } from '../figure/viridis.js'
import { renderFineSiddon } from '../high-quality-drr/fine-siddon.js'
import { storedVolumeRenderer } from '../high-quality-drr/stored-volume.js'
import { cannyEdges } from '../metrics/edges/canny.js'
import { renderSavedView, type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { fieldWidthAtIsocentreMm } from './field-width.js'
import { type PanelPicture, type PixelSize } from './panel-picture.js'
import { thickened } from './thickened.js'

/** Rays per pixel edge of the high-quality DRR. */
const supersampling = 2
/** What the comparison leaves out is shown this dark. */
const excludedShare = 0.4
const notComparedColour = [217, 217, 217] as const
const edgeColour = [255, 140, 0] as const
/** How wide edges are drawn. */
const edgePoints = 0.7
/** Squares along the longer side of a checkerboard. */
const checkerSquares = 8
/** X-ray and DRR in a blend: together they are white, so that what agrees is grey. */
const [xrayTint, drrTint] = [
  [1, 0.55, 0.1],
  [0, 0.45, 0.9],
] as const

export interface ProjectionRequest {
  readonly picture: ProjectionPicture
  readonly viewIndex: number
  /** At most; never finer than the X-ray. */
  readonly size: PixelSize
  /** Of the panel as drawn. */
  readonly pixelsPerPoint: number
}

/** What all projections of one X-ray at one size share; greys are levels 0..255. */
interface Compared {
  readonly width: number
  readonly height: number
  /** Darker where it was not compared. */
  readonly xray: Uint8Array
  /** As it is everywhere. */
  readonly wholeXray: Uint8Array
  /** 1 = compared. */
  readonly valid: Uint8Array
  readonly final: Uint8Array
  readonly drrRange: GreyRange
  readonly resampled: GreyPicture
  readonly xrayRange: GreyRange
}

/**
 * Draws the pictures on the detectors of one saved registration. X-rays are shown between their 0.5th and 99.5th
 * percentile; DRRs with the greys that make the final one most like its X-ray.
 */
export class ProjectionPictures {
  readonly #compared = new Map<string, Compared>()

  constructor(
    private readonly saved: SavedRegistration,
    /** `preview` takes the quick renderer for the high-quality DRR, too. */
    private readonly quality: 'preview' | 'final',
    private readonly signal: AbortSignal,
  ) {}

  /** One scale for the differences of all these X-rays, each at its size. */
  differenceScale(requests: readonly ProjectionRequest[]): DifferenceScale | undefined {
    const scales = requests
      .filter(({ picture }) => picture === 'difference')
      .map((request) => {
        const { xray, valid, final } = this.#comparedAt(request)
        return differenceScale({ xray, valid, drrs: [{ levels: final }] })
      })
    if (scales.length === 0) return undefined
    const greatest = Math.max(...scales.map((scale) => scale.greatest))
    return { greatest, isExceeded: scales.some((scale) => scale.isExceeded) }
  }

  async draw(
    request: ProjectionRequest,
    colourScale: DifferenceScale | undefined,
    onFraction: (fraction: number) => void,
  ): Promise<PanelPicture> {
    const { saved } = this
    const compared = this.#comparedAt(request)
    const rgb = await this.#pixels(request, compared, colourScale?.greatest ?? 255, onFraction)
    return {
      picture: figurePicture(rgb, compared.width, compared.height),
      widthMm: fieldWidthAtIsocentreMm(
        saved.views[request.viewIndex].camera,
        saved.result.final.worldFromVolume,
        saved.result.isocentreMm,
      ),
      ...(request.picture === 'difference' && { colourScale }),
    }
  }

  async #pixels(
    { picture, viewIndex, pixelsPerPoint }: ProjectionRequest,
    compared: Compared,
    greatestDifference: number,
    onFraction: (fraction: number) => void,
  ): Promise<(n: number) => readonly [number, number, number]> {
    const { width, height, xray, wholeXray, valid, final, drrRange } = compared
    const { saved } = this
    switch (picture) {
      case 'xray':
        return (n) => grey(xray[n])
      case 'mask':
        return (n) => (valid[n] === 0 ? tinted(wholeXray[n]) : grey(xray[n]))
      case 'initial': {
        const drr = renderSavedView(saved, viewIndex, saved.result.initial.worldFromVolume, compared)
        return (n) => grey(Math.round(greyLevel(drr[n], drrRange)))
      }
      case 'final':
        return (n) => grey(final[n])
      case 'high-quality': {
        const levels = await this.#highQuality(viewIndex, compared, onFraction)
        return (n) => grey(levels[n])
      }
      case 'edges': {
        const shares = Float64Array.from(final, (level) => level / 255)
        const thin = cannyEdges(shares, width, height, valid)
        const edges = thickened(thin, width, height, edgePoints * pixelsPerPoint)
        return (n) => (edges[n] === 1 ? edgeColour : grey(xray[n]))
      }
      case 'difference':
        return (n) =>
          valid[n] === 0 ? notComparedColour : viridis(Math.abs(xray[n] - final[n]) / greatestDifference)
      case 'checkerboard': {
        const side = Math.max(1, Math.ceil(Math.max(width, height) / checkerSquares))
        const isXray = (n: number) =>
          (Math.floor((n % width) / side) + Math.floor(Math.floor(n / width) / side)) % 2 === 0
        return (n) => grey(valid[n] === 0 || isXray(n) ? xray[n] : final[n])
      }
      case 'blend':
        return (n) => {
          if (valid[n] === 0) return grey(xray[n])
          const channel = (c: 0 | 1 | 2) => Math.round(xray[n] * xrayTint[c] + final[n] * drrTint[c])
          return [channel(0), channel(1), channel(2)]
        }
    }
  }

  async #highQuality(
    viewIndex: number,
    { width, height, resampled, xrayRange, final }: Compared,
    onFraction: (fraction: number) => void,
  ): Promise<Uint8Array> {
    if (this.quality === 'preview') return final
    const { rendered } = await storedVolumeRenderer(this.saved.input, this.signal)
    const camera = scaleCamera(this.saved.views[viewIndex].camera, width, height)
    const cameraFromVolume = multiply4(camera.cameraFromWorld, this.saved.result.final.worldFromVolume)
    const { renderer } = rendered
    const scene = { renderer, camera, cameraFromVolume, supersampling }
    const fine = await renderFineSiddon(scene, this.signal, onFraction)
    return levels(fine, matchedRange(fine, resampled, xrayRange))
  }

  #comparedAt({ viewIndex, size }: ProjectionRequest): Compared {
    const { picture } = this.saved.views[viewIndex]
    const isSmaller = size.width < picture.width
    const { width, height } = isSmaller ? size : picture
    const key = [viewIndex, width, height].join(' ')
    const kept = this.#compared.get(key)
    if (kept !== undefined) return kept
    const resampled = areaResample(picture, width, height)
    // What the comparison leaves out is shown as well.
    const whole = areaResample(
      { ...picture, valid: new Uint8Array(picture.valid.length).fill(1) },
      width,
      height,
    )
    const xrayRange = greyRange(resampled)
    const drr = renderSavedView(this.saved, viewIndex, this.saved.result.final.worldFromVolume, {
      width,
      height,
    })
    const drrRange = matchedRange(drr, resampled, xrayRange)
    const { valid } = resampled
    const wholeXray = levels(whole.pixels, xrayRange)
    const compared: Compared = {
      ...{ width, height, resampled, xrayRange, drrRange, valid, wholeXray },
      xray: wholeXray.map((level, n) => (valid[n] === 0 ? excludedShare * level : level)),
      final: levels(drr, drrRange),
    }
    this.#compared.set(key, compared)
    return compared
  }
}

const levels = (pixels: Float32Array, range: GreyRange): Uint8Array =>
  Uint8Array.from(pixels, (value) => Math.round(greyLevel(value, range)))

const grey = (level: number): readonly [number, number, number] => [level, level, level]

/** Darker, and orange. */
function tinted(level: number): readonly [number, number, number] {
  return [
    Math.round(0.45 * level + 0.4 * edgeColour[0]),
    Math.round(0.45 * level + 0.4 * edgeColour[1]),
    Math.round(0.45 * level + 0.4 * edgeColour[2]),
  ]
}
