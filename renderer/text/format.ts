/** 12.3 -> "12.3"; never "-0.0". */
export function fixed(value: number, digits: number): string {
  const shown = value.toFixed(digits)
  return Number(shown) === 0 ? (0).toFixed(digits) : shown
}

/** Milliseconds as "0.4 s", "12.3 s" or "2 min 05 s". */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** Bare numbers joined as a size, "512 × 512 × 133". */
export function times(values: readonly number[], digits = 0): string {
  return values
    .map((value) => (digits === 0 ? String(value) : String(Number(value.toFixed(digits)))))
    .join(' × ')
}

/** The last part of a path of either system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
}
