import { z } from 'zod'
import { projectSchema, type Project } from '../project/project.js'
import type { ProjectPathKind } from '../project/project-paths.js'
import type { Outcome } from '../wire-error.js'

/** What the person should know about a project that was opened. */
export type ProjectNote =
  | { readonly kind: 'folder-read-only' }
  /** Another program has it open. */
  | { readonly kind: 'open-elsewhere'; readonly host: string }
  /** The program that had it open last ended without closing it. */
  | { readonly kind: 'not-closed' }
  /** `project.json` is damaged; the state before the last save was opened. */
  | { readonly kind: 'previous-state' }
  | {
      readonly kind: 'missing'
      readonly path: string
      readonly pathKind: ProjectPathKind
      readonly isFolder: boolean
    }
  | { readonly kind: 'changed'; readonly path: string }

export interface OpenedProject {
  readonly folder: string
  readonly project: Project
  readonly isWritable: boolean
  readonly notes: readonly ProjectNote[]
}

export interface RecentProject {
  readonly folder: string
  readonly name: string
  readonly step: string
  readonly changed: string
  readonly isMissing: boolean
  /** A picture as a data URL. */
  readonly thumbnail: string | null
}

export const saveProjectSchema = z.object({
  project: projectSchema,
  /** The part of the page that shows the work, CSS pixels: the thumbnail is taken of it. */
  pictureArea: z
    .object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() })
    .nullable(),
})
export type SaveProject = z.infer<typeof saveProjectSchema>

/** `window.isocenter.projects`. At most one project is open; its folder may be read and written. */
export interface ProjectBridge {
  /** The projects opened last, newest first. */
  recent(): Promise<readonly RecentProject[]>
  forget(folder: string): Promise<void>
  /** Asks for a folder and begins a project in it; null when dismissed. */
  create(): Promise<Outcome<OpenedProject> | null>
  /** Asks for a project's folder and opens it; null when dismissed. */
  open(): Promise<Outcome<OpenedProject> | null>
  /** Opens one of the recent projects. */
  openRecent(folder: string): Promise<Outcome<OpenedProject>>
  /** The project that was open when the page was loaded anew. */
  current(): Promise<Outcome<OpenedProject> | null>
  /** Writes the whole state; the answer is the time of the save. */
  save(request: SaveProject): Promise<Outcome<string>>
  close(): Promise<void>
}
