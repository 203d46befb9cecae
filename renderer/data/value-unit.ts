import type { Vector2 } from '../../native-workers/contract/matrix.js'

/** Below it lies no tissue, only air and what a scanner writes outside its field. */
const airHu = -500

/** Whether a range of values reaches down to air, as a CT's in Hounsfield units does. */
export const isHounsfield = ([lowest]: Vector2): boolean => lowest <= airHu

/** The unit to show behind a volume's values: none where nothing is known of it. */
export const valueUnit = (range: Vector2 | null): string =>
  range !== null && isHounsfield(range) ? 'HU' : ''

/** A value with its unit. */
export const withUnit = (value: string, unit: string): string => (unit === '' ? value : `${value} ${unit}`)
