/** Noise that is the same for the same seed on every machine. */
export interface SeededNoise {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Normal with mean 0 and deviation 1. */
  normal(): number
}

/** SplitMix32 (Steele, Lea & Flood 2014, 32-bit finaliser) and the polar method of Marsaglia. */
export function seededNoise(seed: number): SeededNoise {
  let state = seed >>> 0
  let spare: number | undefined
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 2 ** 32
  }
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1]
      const radius = x * x + y * y
      if (radius >= 1 || radius === 0) continue
      const factor = Math.sqrt((-2 * Math.log(radius)) / radius)
      spare = y * factor
      return x * factor
    }
  }
  return { uniform, normal }
}
