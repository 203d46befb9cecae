import { type RegistrationResult } from '../../contract/files/registration-result.js'

/** One frame with its result, new or found. */
export interface RegisteredFrame {
  readonly frame: number
  /** Beside `sequence.json`. */
  readonly folder: string
  readonly result: RegistrationResult
}
