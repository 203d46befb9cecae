import {
  framesFromText,
  type RegisterSequenceInput,
} from '../../native-workers/contract/operations/register-sequence.js'

/**
 * Frames as the window counts them, from 1: "all", "1-9", "1, 3, 5-8". Null for what names no frames, or some beyond
 * `count`.
 */
export function framesFromField(text: string, count: number): RegisterSequenceInput['frames'] | null {
  const frames = framesFromText(text.replaceAll(/\s+/g, '').toLowerCase())
  if (frames === null || frames === 'all') return frames
  const areThere = frames.every((frame) => frame >= 1 && frame <= count)
  return areThere && new Set(frames).size === frames.length ? frames.map((frame) => frame - 1) : null
}
