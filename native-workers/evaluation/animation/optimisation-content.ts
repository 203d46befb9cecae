import { type FrameContent } from './frame-drawer.js'
import { drawLossCurve } from './loss-curve.js'
import { type AnimationFrame } from './select-frames.js'

/** The loss of an optimisation, and the stage, render number, seconds and loss of each frame; what does not apply is left out. */
export function optimisationContent(frames: readonly AnimationFrame[]): FrameContent {
  return {
    drawCurve: (context, layout, index) => {
      drawLossCurve(context, layout, frames, index)
    },
    words: (index) => ({ facts: factsOf(frames[index]), place: `${index + 1} / ${frames.length}` }),
  }
}

function factsOf({ stage, point }: AnimationFrame): readonly string[] {
  if (point === null) return [stage === 'start' ? 'starting pose' : 'final pose']
  return [
    `stage ${stage}`,
    `render ${point.render}`,
    `${point.seconds.toFixed(1)} s`,
    `loss ${point.loss.toFixed(4)}`,
    ...(point.accepted ? [] : ['not accepted']),
  ]
}
