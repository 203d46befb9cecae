import { type MetricName } from '../contract/operations/register.js'
import { type PictureFilter } from '../rendering/cpu/comparison-layout.js'

/** One kind of window that a metric compares. */
export interface MetricChannel {
  readonly weight: number
  readonly filter: PictureFilter
  /** Edge of a cell in pixels; a window is 3 x 3 cells. 0: one window over the picture. */
  readonly cellPixels: number
}

const global: MetricChannel = { weight: 1, filter: 'none', cellPixels: 0 }
const local: MetricChannel = { weight: 1, filter: 'none', cellPixels: 3 }
const sobel = (cellPixels: number): readonly MetricChannel[] => [
  { weight: 0.5, filter: 'sobelX', cellPixels },
  { weight: 0.5, filter: 'sobelY', cellPixels },
]

const weighted = (weight: number, channels: readonly MetricChannel[]): MetricChannel[] =>
  channels.map((channel) => ({ ...channel, weight: channel.weight * weight }))

/** Windows of 9 and 12 pixels stand in for xvr's patches of 9 and 11 (registration recipe §1). */
export const metricChannels = {
  ncc: [global],
  lncc: [local],
  mncc: weighted(0.5, [global, local]),
  gncc: sobel(4),
  gmncc: [...weighted(0.25, [global, local]), ...weighted(0.5, sobel(4))],
  /** Classical gradient correlation over the whole mask: for single bones. */
  'global-gncc': sobel(0),
  'global-ncc+gncc': [...weighted(0.5, [global]), ...weighted(0.5, sobel(0))],
} as const satisfies Record<string, readonly MetricChannel[]>

export type ChannelsName = keyof typeof metricChannels

/** The windows of a metric that has a Gauss-Newton form; mutual information has its own. */
export function channelsOf(metric: Exclude<MetricName, 'mi'>): readonly MetricChannel[] {
  return metricChannels[metric]
}
