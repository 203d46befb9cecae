import { type Session } from './session.js'

export interface CommonOptions {
  readonly json?: boolean
}

/** What the commands see of the program: it runs their work, reports errors and keeps the exit code. */
export interface CommandHost {
  /** `work` returns the exit code. */
  run(options: CommonOptions, work: (session: Session) => Promise<number>): Promise<void>
}
