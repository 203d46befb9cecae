import type { OpenedXray } from '../../stores/xrays.js'

/** Less of a picture is hardly meant: the mask took nearly all of it. */
const leastValidFraction = 0.05

/** What keeps an X-ray from being registered; `ready` where nothing does. */
export type XrayState = 'ready' | 'camera' | 'empty' | 'left'

export function xrayState({
  included,
  camera,
  opened,
}: Pick<OpenedXray, 'included' | 'camera'> & {
  readonly opened: Pick<OpenedXray['opened'], 'validPixelFraction'>
}): XrayState {
  if (camera === null) return 'camera'
  if (opened.validPixelFraction < leastValidFraction) return 'empty'
  return included ? 'ready' : 'left'
}
