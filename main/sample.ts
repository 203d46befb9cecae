import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Sample } from '../native-workers/contract/window/messages.js'
import type { AppContext } from './context.js'
import { readJsonFile } from './read-json-file.js'

/** The built-in sample, made once per session by the engine and allowed as an input of the window. */
export class SampleMaker {
  private made: Promise<Sample> | null = null

  constructor(private readonly context: Pick<AppContext, 'engine' | 'folders' | 'allowedPaths'>) {}

  open(): Promise<Sample> {
    this.made ??= this.make().catch((error: unknown) => {
      // A later attempt, e.g. with the engine restarted, may succeed.
      this.made = null
      throw error
    })
    return this.made
  }

  private async make(): Promise<Sample> {
    const { engine, folders, allowedPaths } = this.context
    await mkdir(folders.sample, { recursive: true })
    const files = await engine.run(
      'phantom',
      { folder: folders.sample },
      { id: randomUUID(), client: 'sample' },
    )
    allowedPaths.allowInput(folders.sample)
    const truths = await Promise.all(files.views.map(({ truth }) => readJsonFile('pose', truth)))
    return { files, truths, landmarks: await readJsonFile('points', files.landmarks) }
  }
}
