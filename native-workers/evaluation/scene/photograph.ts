import { UserError } from '../../contract/errors.js'
import { type PhotographJob } from '../../contract/files/browser-job.js'
import { type BrowserEngine } from '../browser-engine/find-browser-engine.js'
import { runBrowserJob } from '../browser-engine/run-browser-job.js'

/** Why there is no photograph, in words; null once it is taken. */
export async function photograph(
  engine: BrowserEngine | null,
  job: Omit<PhotographJob, 'kind' | 'background'> & Partial<Pick<PhotographJob, 'background'>>,
  signal: AbortSignal,
): Promise<string | null> {
  if (engine === null) {
    return 'it is taken by the application’s browser engine (Electron), and there is none here.'
  }
  try {
    await runBrowserJob(engine, { kind: 'photograph', background: 'dark', ...job }, { signal })
    return null
  } catch (error) {
    if (error instanceof UserError && error.code === 'runtime-missing') return error.message
    throw error
  }
}
