import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type RegistrationResult } from '../../contract/files/registration-result.js'
import { type RegisterInput } from '../../contract/operations/register.js'
import {
  type RegisterSequenceInput,
  type RegisterSequenceOutput,
} from '../../contract/operations/register-sequence.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { inputRecords } from '../input-records.js'
import { loadViews } from '../load-views.js'
import { register } from '../register.operation.js'
import { saveRegistration } from '../save-registration.operation.js'
import { framesToRegister } from './frames-to-register.js'
import { keptFrame } from './kept-frame.js'
import { type RegisteredFrame } from './registered-frame.js'
import { sequenceOf } from './sequence-of.js'
import { writeSequence } from './write-sequence.js'

/**
 * Registers frame after frame, each from the pose of the last one whose verdict is not `failed`. Every frame is saved
 * into a folder of its own as soon as it is done: after a cancel or a crash the same request goes on from there.
 * Errors: those of `register`; `input-invalid` (frames that do not exist, a start that reverses columns),
 * `output-exists` (a frame's folder holds another registration), `output-unwritable`.
 */
export const registerSequence: Operation<RegisterSequenceInput, RegisterSequenceOutput> = async (
  { registration, frames, folder, force },
  context,
) => {
  await assertFolderWritable(folder)
  const wanted = await framesToRegister(registration.views, frames)
  await refuseReversedColumns(atFrame(registration, wanted[0]), context.signal)
  const records = await inputRecords(registration)
  const done: RegisteredFrame[] = []
  const keptFrames: number[] = []
  let start: Pick<RegisterInput, 'initial' | 'warp'> = registration
  for (const [index, frame] of wanted.entries()) {
    if (context.signal.aborted && index > 0) throw cancelledAfter(index, wanted.length)
    const input = { ...atFrame(registration, frame), initial: start.initial, warp: start.warp }
    const name = frameFolder(frame)
    const kept = await keptFrame(join(folder, name), input, records, force)
    const result =
      kept ??
      (await registerFrame(
        input,
        join(folder, name),
        shareOf(context, { index, frame, count: wanted.length }),
      ).catch((error: unknown) => {
        throw index > 0 && context.signal.aborted ? cancelledAfter(index, wanted.length) : error
      }))
    if (kept !== null) keptFrames.push(frame)
    done.push({ frame, folder: name, result })
    const { verdict, final } = result
    if (verdict.level !== 'failed') {
      start = { initial: { kind: 'pose', worldFromVolume: final.worldFromVolume }, warp: undefined }
    }
    context.onEvent({
      kind: 'log',
      message: `Frame ${frame}: ${verdict.level}${kept === null ? '' : ', kept'}`,
    })
  }
  const sequence = sequenceOf(done)
  return { sequence, keptFrames, files: await writeSequence(folder, sequence, done) }
}

function cancelledAfter(done: number, count: number): UserError {
  return new UserError(
    'cancelled',
    `The operation was cancelled; ${done} of ${count} frames ${done === 1 ? 'is' : 'are'} done and kept.`,
    'The same request goes on from there.',
  )
}

/** Four digits keep the order of the names in every file list. */
function frameFolder(frame: number): string {
  return `frame-${String(frame).padStart(4, '0')}`
}

function atFrame(registration: RegisterInput, frame: number): RegisterInput {
  return {
    ...registration,
    views: registration.views.map((view) => ({ ...view, xray: { ...view.xray, frame } })),
  }
}

/** Later frames start from a pose, which knows of no reversed columns: their X-rays would be compared unreversed. */
async function refuseReversedColumns(first: RegisterInput, signal: AbortSignal): Promise<void> {
  const { start } = await loadViews(first, signal)
  if (!start.mirroredColumns) return
  throw new UserError(
    'input-invalid',
    'This start takes the X-ray with its columns reversed, which frames after the first would not.',
    'Mirror the X-ray first, or give a start that takes it as it is.',
  )
}

async function registerFrame(
  input: RegisterInput,
  folder: string,
  context: OperationContext,
): Promise<RegistrationResult> {
  const output = await register(input, context)
  await saveRegistration({ output, folder }, context)
  return output.result
}

/** The reports of one frame as a share of the whole. */
function shareOf(
  { signal, onProgress, onEvent }: OperationContext,
  { index, frame, count }: { readonly index: number; readonly frame: number; readonly count: number },
): OperationContext {
  return {
    signal,
    onEvent,
    onProgress: (progress) => {
      onProgress({
        ...progress,
        fraction: (index + (progress.fraction ?? 0)) / count,
        message: `Frame ${frame} (${index + 1} of ${count}): ${progress.message}`,
      })
    },
  }
}
