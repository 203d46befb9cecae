import { mkdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type z } from 'zod'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import { type Provenance } from '../../contract/files/provenance.js'
import { version } from '../../contract/version.js'
import { writeFileAtomic } from '../atomic-write.js'
import { withTemporaryFolder } from '../output-folder.js'
import { inputRecord } from './input-record.js'
import { isSameStep, readProvenance } from './read-provenance.js'

/** A step whose outputs are worth keeping: what it reads, how it is set, and where its record lies. */
export interface RecordedStep {
  /** Name of the operation, e.g. "clean-labels". */
  readonly operation: string
  /** Everything that shapes the outputs, as JSON; neither paths of inputs nor of outputs. */
  readonly settings: unknown
  readonly inputs: readonly { readonly role: string; readonly path: string }[]
  /** `*.provenance.json`; every output lies in its folder or below. */
  readonly recordPath: string
  /** Replace outputs that this step did not write, and redo what is done. */
  readonly force: boolean
}

/**
 * Gives the path to write an output to; it takes its final place once the whole step has succeeded. Refuses at once
 * what may not be replaced, so ask before long work.
 */
export type StageOutput = (finalPath: string) => Promise<string>

export interface RecordedRun<Report> {
  readonly report: Report
  /** Nothing was computed: the same step on the same inputs has written these outputs before. */
  readonly isUpToDate: boolean
}

/**
 * Runs `produce` unless its record shows that the same version did the same with the same inputs and its outputs still
 * stand unchanged. All outputs are complete before the first takes its name, and the record comes last.
 * Errors: `output-exists` (a file of an output's name is not this step's own work, or was changed since),
 * `output-unwritable`, `cancelled`, those of the inputs; what `produce` throws passes unchanged and leaves nothing.
 */
export async function runRecorded<Report>(
  step: RecordedStep,
  reportSchema: z.ZodType<Report>,
  produce: (stage: StageOutput) => Promise<Report>,
  signal?: AbortSignal,
): Promise<RecordedRun<Report>> {
  const inputs: InputRecord[] = []
  for (const { role, path } of step.inputs) inputs.push(await inputRecord(role, path, signal))
  const earlier = await readProvenance(step.recordPath)
  if (!step.force && earlier !== undefined && isSameStep(earlier, step, inputs)) {
    const report = reportSchema.safeParse(earlier.report)
    if (report.success && (await areUnchanged(earlier, step.recordPath))) {
      return { report: report.data, isUpToDate: true }
    }
  }
  const folder = dirname(resolve(step.recordPath))
  let report: Report | undefined
  await withTemporaryFolder(folder, async (temporaryFolder) => {
    const staged = new Map<string, string>()
    const made = await produce(async (finalPath) => {
      if (!step.force) await assertReplaceable(resolve(finalPath), earlier, step.recordPath)
      const temporaryPath = join(temporaryFolder, relative(folder, resolve(finalPath)))
      await mkdir(dirname(temporaryPath), { recursive: true })
      staged.set(resolve(finalPath), temporaryPath)
      return temporaryPath
    })
    throwIfCancelled(signal)
    const outputs: Provenance['outputs'] = []
    for (const [finalPath, temporaryPath] of staged) {
      const { sha256, bytes } = await inputRecord('output', temporaryPath, signal)
      outputs.push({ file: relative(folder, finalPath), sha256, bytes })
    }
    const record = {
      schema: 'isocenter/provenance@1',
      created: new Date().toISOString(),
      version,
      operation: step.operation,
      settings: step.settings,
      inputs,
      outputs,
      report: made,
    } satisfies Provenance
    for (const [finalPath, temporaryPath] of staged) {
      await mkdir(dirname(finalPath), { recursive: true })
      await rename(temporaryPath, finalPath)
    }
    await writeFileAtomic(step.recordPath, `${JSON.stringify(record, null, 2)}\n`)
    report = made
  })
  if (report === undefined) throw new Error('The step ended without a report.')
  return { report, isUpToDate: false }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function hasRecordedContent(path: string, sha256: string): Promise<boolean> {
  return (await exists(path)) && (await inputRecord('output', path)).sha256 === sha256
}

async function areUnchanged({ outputs }: Provenance, recordPath: string): Promise<boolean> {
  for (const { file, sha256 } of outputs) {
    if (!(await hasRecordedContent(join(dirname(recordPath), file), sha256))) return false
  }
  return true
}

/** A file that a person made or edited is never replaced unasked. */
async function assertReplaceable(
  path: string,
  earlier: Provenance | undefined,
  recordPath: string,
): Promise<void> {
  if (!(await exists(path))) return
  const known = earlier?.outputs.find(({ file }) => resolve(dirname(recordPath), file) === path)
  if (known !== undefined && (await hasRecordedContent(path, known.sha256))) return
  throw new UserError(
    'output-exists',
    known === undefined
      ? `"${basename(path)}" exists already and was not written by this step.`
      : `"${basename(path)}" was changed after this step had written it.`,
    'Choose another output, or replace it with --force.',
  )
}
