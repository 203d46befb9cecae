import type { VolumeSource } from '../../../native-workers/contract/operations/sources.js'
import type { StepName } from '../../workflow/step-names.js'

/** Which files a run read and wrote. Null: it took none, and does not depend on the session's. */
export interface Trace {
  readonly volume: string | null
  readonly labels: string | null
  readonly volumes: readonly string[]
  readonly labelMaps: readonly string[]
  /** The files stood there already, made from the same inputs by the same settings. */
  readonly isUpToDate: boolean
}

/** One finished run of a step in this session. */
export interface StepRun extends Trace {
  readonly step: StepName
  /** The CT of `volume`, as it was opened. */
  readonly source: VolumeSource | null
  /** The form that led to it, as text. */
  readonly settings: string
  /** Runs are counted; this one is the n-th. */
  readonly ranAt: number
  /** The run that gave the files their content; 0 when that was before this session. */
  readonly changedAt: number
}

/** What the session has open. */
export interface SessionFiles {
  readonly volume: string | null
  readonly labels: string | null
}

type Kind = 'volume' | 'labels'

const writtenBy = (run: StepRun, kind: Kind): readonly string[] =>
  kind === 'volume' ? run.volumes : run.labelMaps

/** The last run that wrote a file. */
function producerOf(path: string, kind: Kind, runs: readonly StepRun[]): StepRun | undefined {
  return runs.findLast((run) => writtenBy(run, kind).includes(path))
}

/** A file and all that it was made from, one step after the other. */
function ancestors(path: string | null, kind: Kind, runs: readonly StepRun[]): ReadonlySet<string> {
  const found = new Set<string>()
  let next = path
  while (next !== null && !found.has(next)) {
    found.add(next)
    next = producerOf(next, kind, runs)?.[kind] ?? null
  }
  return found
}

/**
 * The run of a step that a file of the session came out of, by way of later steps too; null where there is none. The
 * step, applied again, works on that run's input: a crop is not cropped once more.
 */
export function originIn(
  step: StepName,
  kind: Kind,
  path: string | null,
  runs: readonly StepRun[],
): StepRun | null {
  for (const file of ancestors(path, kind, runs)) {
    const producer = producerOf(file, kind, runs)
    if (producer?.step === step) return producer
  }
  return null
}

/** No input of the run, and none of theirs, was written again after it was read. */
function readsLatest(run: StepRun, runs: readonly StepRun[], seen: ReadonlySet<StepRun>): boolean {
  if (seen.has(run)) return true
  return (['volume', 'labels'] as const).every((kind) => {
    const path = run[kind]
    const producer = path === null ? undefined : producerOf(path, kind, runs)
    if (producer === undefined || producer === run) return true
    return producer.changedAt < run.ranAt && readsLatest(producer, runs, new Set([...seen, run]))
  })
}

/**
 * Whether a run's outputs are what the step would make of the session now. The session may have gone on from them: its
 * files then descend from the run's inputs.
 */
export function isCurrent(
  run: StepRun,
  runs: readonly StepRun[],
  session: SessionFiles,
  settings: string,
): boolean {
  const fits = (kind: Kind): boolean => {
    const input = run[kind]
    return input === null || ancestors(session[kind], kind, runs).has(input)
  }
  return run.settings === settings && fits('volume') && fits('labels') && readsLatest(run, runs, new Set())
}

/** A run as it enters the history. Files that were up to date keep the time of their content. */
export function enteredRun(
  { step, settings, source }: Pick<StepRun, 'step' | 'settings' | 'source'>,
  trace: Trace,
  runs: readonly StepRun[],
): StepRun {
  const ranAt = runs.length + 1
  const before = runs.findLast((run) => run.step === step && sameFiles(run, trace))
  const changedAt = trace.isUpToDate ? (before?.changedAt ?? 0) : ranAt
  return { ...trace, step, settings, source, ranAt, changedAt }
}

const sameFiles = (run: Trace, other: Trace): boolean =>
  [...run.volumes, ...run.labelMaps].join('\n') === [...other.volumes, ...other.labelMaps].join('\n')
