import { type RegisterInput } from '../../contract/operations/register.js'

/** The settings of a registration that shaped it, as name and value. */
export function settingsLines(input: RegisterInput): readonly (readonly [name: string, value: string])[] {
  const { initial, metric, optimizer, attenuation, boneMultiplier, finish, confidence, seed } = input
  const [{ xray }] = input.views
  const { crop, invert, linearize, subtractBackground, autoMask } = xray.preprocessing
  const steps = [
    ...(crop > 0 ? [`crop ${crop} px`] : []),
    ...(invert ? ['invert'] : []),
    ...(subtractBackground ? ['subtract background'] : []),
    ...(linearize ? ['linearize'] : []),
    xray.maskPath === undefined ? (autoMask ? 'automatic mask' : 'no mask') : 'given mask',
  ]
  const labels = input.labels
  const structures =
    labels === undefined
      ? 'whole CT'
      : labels.structures.length === 0
        ? 'all labels of the map'
        : `labels ${labels.structures.join(', ')}`
  return [
    ['start', initial.kind],
    ['metric, optimiser', `${metric}, ${optimizer}, ${finish}`],
    ['attenuation', `${attenuation}, bone × ${boneMultiplier}`],
    ['registered', structures],
    ['X-ray', steps.join(', ')],
    ['confidence', `${confidence}, seed ${seed}`],
  ]
}
