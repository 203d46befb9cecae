import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError, statInput } from './input-file.js'

const numericOrder = new Intl.Collator('en', { numeric: true })

/**
 * All files that paths mean: folders stand for everything below them, hidden names left out, in the order of their
 * paths ("2" before "10"). Errors: `file-not-found`, `file-unreadable`.
 */
export async function filesBelow(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    if (!(await statInput(path)).isDirectory()) {
      files.push(path)
      continue
    }
    try {
      const entries = await readdir(path, { withFileTypes: true, recursive: true })
      const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      const below = names.map((entry) => join(entry.parentPath, entry.name))
      files.push(...below.filter((file) => !hasHiddenFolder(path, file)).sort(numericOrder.compare))
    } catch (error) {
      throw inputError(error, path)
    }
  }
  return [...new Set(files)]
}

const hasHiddenFolder = (root: string, file: string): boolean => /[\\/]\.[^\\/]/.test(file.slice(root.length))
