import type { CoregisterOutput } from '../../../native-workers/contract/operations/coregister.js'
import { text } from '../../text/en.js'
import { fixed } from '../../text/format.js'

const words = text.preparation.coregister

const changed = (before: number | undefined, after: number): string =>
  `${before === undefined ? words.apart : fixed(before, 3)} → ${fixed(after, 3)}`

/** The motion that was found and how much better it fits, in reading order. */
export function coregisterFacts(output: CoregisterOutput): readonly { name: string; value: string }[] {
  const { before, after, stretches } = output
  const isRigid = stretches.every((stretch) => Math.abs(stretch - 1) < 1e-6)
  return [
    { name: words.rotation, value: `${fixed(output.rotationDeg, 2)}°` },
    { name: words.translation, value: `${fixed(output.translationMm, 2)} mm` },
    ...(isRigid
      ? []
      : [{ name: words.stretches, value: stretches.map((value) => fixed(value, 3)).join(', ') }]),
    { name: words.mutualInformation, value: changed(before?.mutualInformation, after.mutualInformation) },
    { name: words.correlation, value: changed(before?.correlation, after.correlation) },
    { name: words.overlap, value: changed(before?.overlap, after.overlap) },
    {
      name: words.starts,
      value: words.startsOf(output.agreeingStarts, output.starts, fixed(output.spreadMm, 2)),
    },
  ]
}

export const diceRows = ({ dice }: CoregisterOutput): readonly (readonly string[])[] =>
  dice.map(({ label, before, after }) => [String(label), fixed(before, 3), fixed(after, 3)])
