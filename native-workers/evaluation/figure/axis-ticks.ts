/** Round values over a range, about `count` of them, that lie within or just around it: an axis from first to last. */
export function axisTicks(least: number, greatest: number, count: number): readonly number[] {
  const range = greatest > least ? greatest - least : Math.max(Math.abs(greatest), 1) / 10
  const rough = range / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10)
  const first = Math.floor(least / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(greatest / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)))
}
