import { type Matrix4 } from '../../contract/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { type Stage } from '../level-schedule.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { runStage } from '../stage-runner.js'

/** Interleaved sets of blocks; one is left out at a time. */
const setCount = 4
/** Blocks along the longer side of a picture. */
const blocksAcross = 16

/**
 * The poses found when a quarter of the picture, in interleaved blocks, is left out: how they scatter tells how much the
 * answer hangs on single parts of the picture (registration recipe §5).
 */
export async function jackknifePoses(
  scene: RegistrationScene,
  stage: Stage,
  pose: Matrix4,
  listener: EvaluationListener,
): Promise<Matrix4[]> {
  const poses: Matrix4[] = []
  for (let left = 0; left < setCount; left++) {
    const views = scene.views.map((view) => ({ ...view, picture: withoutSet(view.picture, left) }))
    const limited = { ...stage, maxRenders: Math.min(stage.maxRenders, 8) }
    const { worldFromVolume } = await runStage({ ...scene, views }, limited, pose, listener)
    poses.push(worldFromVolume)
  }
  return poses
}

function withoutSet(picture: GreyPicture, left: number): GreyPicture {
  const edge = Math.ceil(Math.max(picture.width, picture.height) / blocksAcross)
  const valid = picture.valid.map((value, n) => {
    const column = Math.floor((n % picture.width) / edge)
    const row = Math.floor(n / picture.width / edge)
    return (column % 2) + 2 * (row % 2) === left ? 0 : value
  })
  return { ...picture, valid }
}
