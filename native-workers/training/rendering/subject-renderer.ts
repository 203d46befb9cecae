import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { isMirrored } from '../../geometry/adapters/diffdrr.js'
import { linearPart, transpose3 } from '../../geometry/matrix.js'
import { combineParts } from '../../rendering/attenuation-parts.js'
import { DrrRenderer } from '../../rendering/cpu/drr-renderer.js'
import {
  derivativesPerPixel,
  type TangentPicture,
  TangentRenderer,
} from '../../rendering/cpu/tangent-renderer.js'
import { detectorCamera } from '../sampling/network-frame.js'
import { reversedRows } from './picture-side.js'
import { silhouetteCamera } from './silhouette-camera.js'
import { type SubjectVolume } from './subject-volume.js'
import { trainingStepVoxels } from './training-level.js'

/** The renderer's levels of one subject. */
interface SubjectLevels {
  readonly attenuation: number
  readonly union: number | null
  readonly structures: readonly number[]
}

/**
 * Renders the subjects of a training on its detector. Pictures are DiffDRR's: where its conventions show the picture
 * from the detector's side, the columns are reversed here and nowhere else.
 */
export class SubjectRenderer {
  readonly camera: Camera
  /** Of the silhouettes, whose pictures are smaller. */
  readonly silhouettes: Camera
  readonly #mirrored: boolean
  /** By level; they hold their buffers in the renderer's memory. */
  readonly #tangentRenderers = new Map<number, TangentRenderer>()
  readonly #multipliers: (number | undefined)[] = []

  private constructor(
    private readonly renderer: DrrRenderer,
    private readonly levels: readonly SubjectLevels[],
    readonly subjects: readonly SubjectVolume[],
    detector: TrainingDetector,
  ) {
    this.camera = detectorCamera(detector)
    this.silhouettes = silhouetteCamera(this.camera)
    this.#mirrored = isMirrored(detector)
  }

  /** Copies the subjects into the renderer's memory. */
  static async create(
    subjects: readonly SubjectVolume[],
    detector: TrainingDetector,
    threads: number,
  ): Promise<SubjectRenderer> {
    const volumes = subjects.map(({ parts }) => ({ volume: parts.base }))
    const add = (volume: (typeof volumes)[number]['volume']) => volumes.push({ volume }) - 1
    const levels = subjects.map(({ labels }, attenuation) => ({
      attenuation,
      union: labels === null ? null : add(labels.union),
      structures: labels === null ? [] : labels.structures.map(({ share }) => add(share)),
    }))
    return new SubjectRenderer(await DrrRenderer.create(volumes, { threads }), levels, subjects, detector)
  }

  /**
   * Clean pictures of one subject, row-major: line integrals of its attenuation at a bone multiplier.
   * @param poses cameraFromVolume of `SidedPose`
   */
  render(subject: number, boneMultiplier: number, poses: readonly Matrix4[]): Float32Array<ArrayBuffer>[] {
    this.#setBoneMultiplier(subject, boneMultiplier)
    return this.#pictures(this.levels[subject].attenuation, this.camera, poses)
  }

  /**
   * One clean picture with its derivatives to a small motion of the subject before the camera: about the isocentre,
   * along the camera's axes. Of DiffDRR's side, as `render`.
   */
  renderTangents(subject: number, boneMultiplier: number, cameraFromVolume: Matrix4): TangentPicture {
    this.#setBoneMultiplier(subject, boneMultiplier)
    return this.#tangents(this.levels[subject].attenuation, subject, this.camera, cameraFromVolume)
  }

  /** `renderTangents` of one structure's path lengths, at the silhouettes' size. */
  renderStructureTangents(subject: number, structure: number, cameraFromVolume: Matrix4): TangentPicture {
    return this.#tangents(
      this.levels[subject].structures[structure],
      subject,
      this.silhouettes,
      cameraFromVolume,
    )
  }

  /** Path lengths in mm through any of the subject's structures, at the silhouettes' size; null without labels. */
  renderUnion(subject: number, poses: readonly Matrix4[]): Float32Array<ArrayBuffer>[] | null {
    const { union } = this.levels[subject]
    return union === null ? null : this.#pictures(union, this.silhouettes, poses)
  }

  /**
   * Path lengths in mm through structures at the silhouettes' size: per structure, then per pose.
   * @param structures indices among the subject's
   */
  renderStructures(
    subject: number,
    structures: readonly number[],
    poses: readonly Matrix4[],
  ): Float32Array<ArrayBuffer>[][] {
    const levels = this.levels[subject].structures
    return structures.map((structure) => this.#pictures(levels[structure], this.silhouettes, poses))
  }

  dispose(): void {
    this.renderer.dispose()
  }

  #pictures(level: number, camera: Camera, poses: readonly Matrix4[]): Float32Array<ArrayBuffer>[] {
    const pictures = this.renderer.renderAll(
      poses.map((cameraFromVolume) => ({
        level,
        camera,
        cameraFromVolume,
        method: 'trilinear',
        stepVoxels: trainingStepVoxels,
      })),
    )
    const { width, height } = camera.imageSize
    return this.#mirrored ? pictures.map((picture) => reversedRows(picture, width, height)) : pictures
  }

  #tangents(level: number, subject: number, camera: Camera, cameraFromVolume: Matrix4): TangentPicture {
    const { width, height } = camera.imageSize
    let tangents = this.#tangentRenderers.get(level)
    if (tangents === undefined) {
      const everywhere = new Uint8Array(width * height).fill(1)
      tangents = new TangentRenderer(this.renderer, level, everywhere, trainingStepVoxels)
      this.#tangentRenderers.set(level, tangents)
    }
    const picture = tangents.render(camera, cameraFromVolume, {
      centre: this.subjects[subject].isocentreMm,
      axes: transpose3(linearPart(cameraFromVolume)),
    })
    if (!this.#mirrored) return picture
    return {
      ...picture,
      pixels: reversedRows(picture.pixels, width, height),
      derivatives: reversedRows(picture.derivatives, width, height, derivativesPerPixel),
    }
  }

  /** Rewrites the subject's level, unless it is at this multiplier already. */
  #setBoneMultiplier(subject: number, boneMultiplier: number): void {
    if (this.#multipliers[subject] === boneMultiplier) return
    const { voxels } = combineParts(this.subjects[subject].parts, boneMultiplier)
    this.renderer.rewriteLevel(this.levels[subject].attenuation, voxels)
    this.#multipliers[subject] = boneMultiplier
  }
}
