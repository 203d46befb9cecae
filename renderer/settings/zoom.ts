import { zoomRangePercent } from '../../native-workers/contract/window/settings.js'

/** The sizes that the zoom keys go through, as browsers have them. */
export const zoomStepsPercent = [zoomRangePercent.min, 90, 100, 110, 125, zoomRangePercent.max] as const

export type ZoomChange = 'in' | 'out' | 'reset'

/** The next size in a direction; at either end it stays. */
export function zoomed(percent: number, change: ZoomChange): number {
  if (change === 'reset') return 100
  if (change === 'in') return zoomStepsPercent.find((step) => step > percent) ?? zoomRangePercent.max
  return zoomStepsPercent.findLast((step) => step < percent) ?? zoomRangePercent.min
}

/** What a key press asks of the zoom; with or without Shift, as some layouts have the plus sign there. */
export function zoomOfKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): ZoomChange | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  if (event.key === '+' || event.key === '=') return 'in'
  if (event.key === '-' || event.key === '_') return 'out'
  return event.key === '0' ? 'reset' : null
}
