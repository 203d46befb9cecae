import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { RecentProject } from '../../native-workers/contract/window/projects.js'
import { hasDocument } from './project-document.js'

/** In the project's own folder, so that no picture of a patient lies anywhere else. */
export const thumbnailName = 'project.thumbnail.png'

const maximumCount = 12

const entrySchema = z.object({ folder: z.string(), name: z.string(), step: z.string(), changed: z.string() })
export type RecentEntry = z.infer<typeof entrySchema>

/** The projects opened last, newest first, in the user's folder. A damaged list is an empty one. */
export class RecentProjects {
  private writing = Promise.resolve()

  constructor(private readonly file: string) {}

  async list(): Promise<readonly RecentProject[]> {
    const entries = await this.entries()
    return Promise.all(
      entries.map(async (entry) => ({
        ...entry,
        isMissing: !(await hasDocument(entry.folder)),
        thumbnail: await thumbnailOf(entry.folder),
      })),
    )
  }

  async has(folder: string): Promise<boolean> {
    return (await this.entries()).some((entry) => entry.folder === folder)
  }

  put(entry: RecentEntry): Promise<void> {
    return this.change((entries) =>
      [entry, ...entries.filter(({ folder }) => folder !== entry.folder)].slice(0, maximumCount),
    )
  }

  forget(folder: string): Promise<void> {
    return this.change((entries) => entries.filter((entry) => entry.folder !== folder))
  }

  private async entries(): Promise<readonly RecentEntry[]> {
    try {
      return z.array(entrySchema).parse(JSON.parse(await readFile(this.file, 'utf8')))
    } catch {
      return []
    }
  }

  private change(next: (entries: readonly RecentEntry[]) => readonly RecentEntry[]): Promise<void> {
    const done = this.writing.then(async () => {
      const temporary = `${this.file}.tmp`
      await mkdir(dirname(this.file), { recursive: true })
      await writeFile(temporary, JSON.stringify(next(await this.entries()), null, 2))
      await rename(temporary, this.file)
    })
    this.writing = done.catch(() => undefined)
    return done
  }
}

async function thumbnailOf(folder: string): Promise<string | null> {
  const picture = await readFile(join(folder, thumbnailName)).catch(() => null)
  return picture === null ? null : `data:image/png;base64,${picture.toString('base64')}`
}
