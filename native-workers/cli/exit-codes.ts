import { type UserErrorCode } from '../contract/errors.js'

/** Exit codes that are not tied to one error. */
export const exitCodes = { success: 0, internal: 1, usage: 2, verdictTooLow: 20, someFailed: 21 } as const

/** The exit code of every error that a person can mend; stable, since scripts rely on the numbers. */
export const exitCodeByError = {
  'input-invalid': exitCodes.usage,
  'file-not-found': 3,
  'file-unreadable': 4,
  'file-truncated': 5,
  'format-unknown': 6,
  'format-unsupported': 7,
  'geometry-missing': 8,
  'geometry-invalid': 9,
  'geometry-unconfirmed': 10,
  'values-invalid': 11,
  'labels-invalid': 12,
  'output-unwritable': 13,
  'no-overlap': 14,
  'engine-lost': 15,
  'output-exists': 16,
  'runtime-missing': 17,
  cancelled: 130,
} as const satisfies Record<UserErrorCode, number>

const meanings: readonly (readonly [number, string])[] = [
  [exitCodes.success, 'done'],
  [exitCodes.internal, 'internal error (a defect of the program)'],
  [exitCodes.usage, 'wrong use: an option or value is missing, unknown or contradictory'],
  [exitCodeByError['file-not-found'], 'a file or folder does not exist'],
  [exitCodeByError['file-unreadable'], 'a file cannot be read or is damaged'],
  [exitCodeByError['file-truncated'], 'a file is shorter than its header says'],
  [exitCodeByError['format-unknown'], 'the kind of a file cannot be told'],
  [exitCodeByError['format-unsupported'], 'a known kind of file that is not supported'],
  [exitCodeByError['geometry-missing'], 'spacing, distance or position is missing'],
  [exitCodeByError['geometry-invalid'], 'a camera, pose or grid is impossible'],
  [exitCodeByError['geometry-unconfirmed'], 'a doubtful geometry that --accept-geometry has to confirm'],
  [exitCodeByError['values-invalid'], 'voxels or pixels are not usable numbers'],
  [exitCodeByError['labels-invalid'], 'a label is absent or empty'],
  [exitCodeByError['output-unwritable'], 'the output folder or file cannot be written'],
  [exitCodeByError['no-overlap'], 'two inputs do not overlap in space'],
  [exitCodeByError['engine-lost'], 'the computing process ended unexpectedly'],
  [
    exitCodeByError['output-exists'],
    'an output stands there that this step did not write; --force replaces it',
  ],
  [exitCodeByError['runtime-missing'], 'the browser engine that a format needs is not installed'],
  [exitCodes.verdictTooLow, 'registered and written, but below --require-verdict'],
  [exitCodes.someFailed, 'some cases of several failed; the others are written'],
  [exitCodeByError.cancelled, 'cancelled (Ctrl-C); no half-written file is left'],
]

/** The table for `--help`. */
export function exitCodesHelp(): string {
  const rows = meanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`)
  return ['Exit codes:', ...rows].join('\n')
}
