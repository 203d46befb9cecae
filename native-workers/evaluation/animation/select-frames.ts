import { type RegistrationResult, type TrajectoryPoint } from '../../contract/files/registration-result.js'
import { type Matrix4 } from '../../contract/matrix.js'

/** One picture of the animation. */
export interface AnimationFrame {
  readonly worldFromVolume: Matrix4
  readonly stage: string
  /** The trajectory's point; null for the start and the answer, which are none. */
  readonly point: TrajectoryPoint | null
}

export interface FrameSelection {
  readonly skip: number
  readonly acceptedOnly: boolean
  readonly maxFrames: number
}

/**
 * The start, points of the trajectory in the order of their renders, and the answer. Of a long trajectory accepted
 * steps are kept before others, and those of a kind that don't all fit are thinned evenly, first and last kept.
 */
export function selectFrames(
  { initial, final, trajectory }: Pick<RegistrationResult, 'initial' | 'final' | 'trajectory'>,
  { skip, acceptedOnly, maxFrames }: FrameSelection,
): readonly AnimationFrame[] {
  const ordered = trajectory.toSorted((a, b) => a.render - b.render)
  const wanted = acceptedOnly ? ordered.filter(({ accepted }) => accepted) : ordered
  const stepped = wanted.filter((_, n) => n % skip === 0 || n === wanted.length - 1)
  const room = Math.max(0, maxFrames - 2)
  const accepted = evenly(
    stepped.filter((point) => point.accepted),
    room,
  )
  const others = evenly(
    stepped.filter((point) => !point.accepted),
    room - accepted.length,
  )
  const chosen = [...accepted, ...others].sort((a, b) => a.render - b.render)
  return [
    { ...initial, stage: 'start', point: null },
    ...chosen.map((point) => ({ worldFromVolume: point.worldFromVolume, stage: point.stage, point })),
    { ...final, stage: 'answer', point: null },
  ]
}

function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  if (count <= 1) return items.slice(items.length - count)
  return Array.from({ length: count }, (_, n) => items[Math.round((n * (items.length - 1)) / (count - 1))])
}

/** A short optimisation can be followed when it lasts this long. */
const leastSeconds = 6
/** xvr's rate (spec section 4.6), and the slowest that still looks like motion. */
const [slowest, usual] = [4, 30]

/** Frames a second for an animation of `frames` when none are asked for. */
export function suitableRate(frames: number): number {
  return Math.min(usual, Math.max(slowest, Math.round(frames / leastSeconds)))
}
