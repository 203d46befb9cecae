/** Cubic millimetres as millilitres, to the microlitre. */
export const millilitres = (volumeMm3: number): string => (volumeMm3 / 1000).toFixed(3)
