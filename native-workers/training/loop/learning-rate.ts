import { type Optimisation } from '../../contract/training/configuration.js'

/**
 * Learning rate of an iteration (from 1): linear warm-up, then half a cosine down to 0 (specification §3.6), in steps
 * of updates where several iterations make one.
 */
export function learningRateAt(
  iteration: number,
  {
    learningRate,
    schedule,
    warmupIterations,
    totalIterations,
    accumulate,
  }: Pick<Optimisation, 'learningRate' | 'schedule' | 'warmupIterations' | 'totalIterations' | 'accumulate'>,
): number {
  if (!schedule) return learningRate
  const [update, warmup, total] = [iteration, warmupIterations, totalIterations].map((count) =>
    Math.ceil(count / accumulate),
  )
  if (update <= warmup) return (learningRate * update) / warmup
  const share = Math.min(1, (update - warmup) / Math.max(1, total - warmup + 1))
  return (learningRate * (1 + Math.cos(Math.PI * share))) / 2
}
