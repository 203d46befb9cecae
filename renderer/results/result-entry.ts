import { isResultFile, resultFileName } from '../../native-workers/contract/files/result-files.js'
import type { Decision } from '../../native-workers/contract/files/review.js'
import type { CheckedInput } from '../../native-workers/contract/operations/saved-registrations.js'
import type { ProjectRegistration } from '../../native-workers/contract/project/project.js'
import type { FinishedRegistration } from '../stores/registration.js'
import { folderOf, joinPath } from '../steps/shared/paths.js'
import { fileName } from '../text/format.js'
import { requestOf } from './result-request.js'

/** One registration of the list. */
export interface ResultEntry {
  readonly id: number
  readonly finished: FinishedRegistration
  readonly decision: Decision
  readonly note: string
  /** What became of the files that were registered; null until they were looked at. */
  readonly inputs: readonly CheckedInput[] | null
}

/** As a project keeps it; null while it is not saved. */
export function storedForm({ finished, decision, note }: ResultEntry): ProjectRegistration | null {
  const { result, savedFile } = finished
  if (savedFile === null) return null
  const created = new Date(result.created)
  return {
    folder: storedPlace(savedFile),
    created: (Number.isNaN(created.getTime()) ? new Date(0) : created).toISOString(),
    verdict: result.verdict.level,
    note,
    decision,
  }
}

/** Where a project says that a result lies; a root has no name of its own. */
function storedPlace(file: string): string {
  return fileName(file) === resultFileName && folderOf(file) !== '' ? folderOf(file) : file
}

/** The result file that a project's registration means. */
export function resultFileOf({ folder }: Pick<ProjectRegistration, 'folder'>): string {
  return isResultFile(folder) ? folder : joinPath(folder, resultFileName)
}

/** Where an input of a result lies, as far as is known: "volume", "xray 1", ... */
export function inputPath({ finished, inputs }: ResultEntry, role: string): string | null {
  const checked = inputs?.find((input) => input.role === role)
  if (checked !== undefined) return checked.path
  const request = requestOf(finished.result)
  if (role === 'volume') return request?.volume.path ?? null
  const view = /^xray (\d+)$/.exec(role)?.[1]
  return view === undefined ? null : (request?.views[Number(view) - 1]?.xray.path ?? null)
}

/** Whether an entry was made on a CT: null where only its content can tell. */
export function isOnVolume(entry: ResultEntry, volumePath: string | null): boolean | null {
  if (volumePath === null) return false
  if (inputPath(entry, 'volume') === volumePath) return true
  return entry.inputs === null && entry.finished.savedFile !== null ? null : false
}

/** Milliseconds that a registration took, from its own record. */
export function recordedMs(secondsPerPhase: Readonly<Record<string, number>>): number {
  return 1000 * Object.values(secondsPerPhase).reduce((sum, seconds) => sum + seconds, 0)
}
