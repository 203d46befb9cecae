import { z } from 'zod'

export const themeSchema = z.enum(['dark', 'light', 'system'])
export type ThemeChoice = z.infer<typeof themeSchema>

export const zoomRangePercent = { min: 80, max: 150 } as const

/** How the window looks on this computer; a file that lacks a setting, or has a wrong one, gets the default. */
export const settingsSchema = z.object({
  theme: themeSchema.default('dark').catch('dark'),
  zoomPercent: z.int().min(zoomRangePercent.min).max(zoomRangePercent.max).default(100).catch(100),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = { theme: 'dark', zoomPercent: 100 }

/** What the window may ask to be kept; unlike the file's, a wrong value is refused. */
export const saveSettingsSchema = z.object({
  theme: themeSchema,
  zoomPercent: z.int().min(zoomRangePercent.min).max(zoomRangePercent.max),
})

/** `window.isocenter.settings` */
export interface SettingsBridge {
  read(): Promise<Settings>
  /** Applies the zoom at once and keeps everything for the next start. */
  save(settings: Settings): Promise<void>
}
