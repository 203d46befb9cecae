import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { type DrrRenderer } from '../../rendering/cpu/drr-renderer.js'
import { type TwistFrame } from '../../rendering/cpu/ray-geometry.js'
import { type NormalEquations } from '../normal-equations.js'
import { TangentRenderer } from '../../rendering/cpu/tangent-renderer.js'
import { informationEquations } from './information-equations.js'

/** Compares one X-ray, at one size, with DRRs of any pose by mutual information. */
export class InformationComparer {
  readonly #tangents: TangentRenderer
  #last: GreyPicture | null = null

  /** Allocates in the renderer's memory until the caller releases the arena. `picture` has the camera's size. */
  constructor(
    renderer: DrrRenderer,
    level: number,
    private readonly camera: Camera,
    private readonly picture: GreyPicture,
  ) {
    this.#tangents = new TangentRenderer(renderer, level, picture.valid)
  }

  /** The loss 0..1 at a pose, with its derivatives to a twist of the volume. */
  evaluate(cameraFromVolume: Matrix4, twist: TwistFrame): NormalEquations {
    const drr = this.#tangents.render(this.camera, cameraFromVolume, twist)
    this.#last = drr
    return informationEquations(this.picture, drr)
  }

  /** The picture of the last evaluation, and which of its pixels were compared. */
  lastPicture(): GreyPicture {
    if (this.#last === null) throw new Error('No pose was evaluated yet.')
    return this.#last
  }
}
