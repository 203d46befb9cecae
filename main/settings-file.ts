import { mkdir, rename, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { defaultSettings, settingsSchema, type Settings } from '../native-workers/contract/window/settings.js'

/** The settings of this computer's user, kept across starts. A damaged file counts as none. */
export class SettingsFile {
  private writing = Promise.resolve()
  private present: Settings

  constructor(private readonly path: string) {
    this.present = readSettings(path)
  }

  get settings(): Settings {
    return this.present
  }

  /** Counts at once; the write to a temporary name and the renaming leave no half file. */
  save(settings: Settings): Promise<void> {
    this.present = settings
    const done = this.writing.then(async () => {
      const temporary = `${this.path}.tmp`
      await mkdir(dirname(this.path), { recursive: true })
      await writeFile(temporary, `${JSON.stringify(settings, null, 2)}\n`)
      await rename(temporary, this.path)
    })
    this.writing = done.catch(() => undefined)
    return done
  }
}

/** At once, as the window's first frame already has the person's colours. */
function readSettings(path: string): Settings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return defaultSettings
  }
}
