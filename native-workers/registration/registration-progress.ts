import { throwIfCancelled } from '../contract/errors.js'
import { type TrajectoryPoint } from '../contract/files/registration-result.js'
import { type OperationContext } from '../contract/progress.js'
import { type EvaluationListener } from './registration-scene.js'

/** How long the optimiser may run before it lets messages in and asks whether it was cancelled. */
const yieldIntervalMs = 25

export interface PhaseSpan {
  readonly from: number
  readonly to: number
}

/** After this many reports of its optimiser a phase is taken to be two thirds done; how many there will be is unknown. */
const usualReports = 120

export interface RegistrationProgress {
  readonly trajectory: TrajectoryPoint[]
  readonly renders: number
  readonly secondsPerPhase: Record<string, number>
  /** Begins a phase, which spans from one share of the whole work to another. */
  enter(phase: string, span: PhaseSpan, message: string): Promise<void>
  /** Listens to the optimiser: records accepted steps of the main path, reports, yields, throws when cancelled. */
  readonly listener: EvaluationListener
  /** As `listener`, without recording: for what is tried beside the main path. */
  readonly aside: EvaluationListener
  /** As `aside`, but shows the candidates as they are found. */
  readonly searching: EvaluationListener
  finish(): void
}

/** Phases with their times, the trajectory, cancellation and live reports of one registration. */
export function registrationProgress(
  { signal, onProgress, onEvent }: OperationContext,
  onAccepted: (worldFromVolume: TrajectoryPoint['worldFromVolume']) => void,
): RegistrationProgress {
  const started = performance.now()
  const trajectory: TrajectoryPoint[] = []
  const secondsPerPhase: Record<string, number> = {}
  let current = { phase: '', since: started, span: { from: 0, to: 0 }, firstRender: 0, message: '' }
  let renders = 0
  let lastYield = started

  const leave = () => {
    if (current.phase === '') return
    const seconds = (performance.now() - current.since) / 1000
    secondsPerPhase[current.phase] = (secondsPerPhase[current.phase] ?? 0) + seconds
  }
  const pause = async () => {
    if (performance.now() - lastYield < yieldIntervalMs) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    lastYield = performance.now()
    report()
    throwIfCancelled(signal)
  }
  const report = () => {
    const { from, to } = current.span
    onProgress({
      phase: current.phase,
      fraction: to - (to - from) * Math.exp((current.firstRender - renders) / usualReports),
      message: current.message,
      elapsedMs: performance.now() - started,
      remainingMs: null,
    })
  }
  return {
    trajectory,
    secondsPerPhase,
    get renders() {
      return renders
    },
    async enter(phase, span, message) {
      throwIfCancelled(signal)
      leave()
      current = { phase, since: performance.now(), span, firstRender: renders, message }
      report()
      lastYield = 0
      await pause()
    },
    async listener({ stage, worldFromVolume, loss, accepted }) {
      renders++
      trajectory.push({
        stage,
        render: renders,
        seconds: (performance.now() - started) / 1000,
        loss,
        accepted,
        worldFromVolume,
      })
      if (accepted) {
        onEvent({ kind: 'iteration', stage, renders, similarity: 1 - loss, worldFromVolume })
        onAccepted(worldFromVolume)
      }
      await pause()
    },
    async aside() {
      renders++
      await pause()
    },
    async searching({ worldFromVolume, accepted }) {
      renders++
      if (accepted) onAccepted(worldFromVolume)
      await pause()
    },
    finish() {
      leave()
    },
  }
}
