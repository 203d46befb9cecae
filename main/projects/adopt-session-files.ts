import { cp } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { mapProjectPaths, pathsOfProject } from '../../native-workers/contract/project/project-paths.js'
import type { Project } from '../../native-workers/contract/project/project.js'
import { factsOf } from './file-facts.js'

/**
 * The sample lies in the session's folder, which is emptied at every start: what a project names there is copied
 * into the project, with what lies beside it (a label map's names). Returns the project as it names the copies.
 */
export async function adoptSessionFiles(session: string, folder: string, project: Project): Promise<Project> {
  const copies = new Map<string, string>()
  for (const { path } of pathsOfProject(project)) {
    const rest = relative(session, path)
    if (rest === '' || rest.startsWith('..') || isAbsolute(rest)) continue
    const copy = join(folder, rest)
    const [original, present] = await Promise.all([factsOf(path), factsOf(copy)])
    if (original !== null && present?.sizeBytes !== original.sizeBytes) {
      const isAlone = dirname(path) === session
      await cp(isAlone ? path : dirname(path), isAlone ? copy : dirname(copy), { recursive: true })
    }
    copies.set(path, copy)
  }
  return mapProjectPaths(project, (path) => copies.get(path) ?? path)
}
