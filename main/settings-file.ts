import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { defaultSettings, settingsSchema, type Settings } from '../native-workers/contract/window/settings.js'

/** The settings of this computer's user, kept across starts. A damaged file counts as none. */
export class SettingsFile {
  private present: Settings

  constructor(private readonly path: string) {
    this.present = readSettings(path)
  }

  get settings(): Settings {
    return this.present
  }

  /**
   * Counts at once, also where it can't be written. The write, of a few bytes, is over before the program can quit;
   * it goes to a temporary name, so that no half file is left.
   */
  save(settings: Settings): void {
    this.present = settings
    const temporary = `${this.path}.tmp`
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(temporary, `${JSON.stringify(settings, null, 2)}\n`)
    renameSync(temporary, this.path)
  }
}

function readSettings(path: string): Settings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return defaultSettings
  }
}
