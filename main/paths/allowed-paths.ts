import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { UserError } from '../../native-workers/contract/errors.js'

/**
 * The files and folders that the window may name. The window shows data from outside, so a path from it counts
 * for nothing unless the person chose it in a dialog, dropped it, or it belongs to the program's own session.
 */
export class AllowedPaths {
  private readonly inputs = new Set<string>()
  private readonly outputFolders = new Set<string>()

  /** A file, or a folder with all that lies in it, may be read. */
  allowInput(path: string): void {
    this.inputs.add(realPath(path))
  }

  /** Files may be written in this folder, and read again. */
  allowOutputFolder(folder: string): void {
    this.outputFolders.add(realPath(folder))
    this.allowInput(folder)
  }

  /** Throws `UserError('input-invalid')`. Links are followed before the comparison. */
  assertInput(path: string): void {
    if (this.isInput(path)) return
    throw new UserError(
      'input-invalid',
      `"${path}" was not opened in this window.`,
      'Open it by the dialog or drop it on the window.',
    )
  }

  /** Whether a file or folder may be read. Links are followed before the comparison. */
  isInput(path: string): boolean {
    return isWithin(realPath(path), this.inputs)
  }

  /** Whether a file or folder lies in a folder for results. Links are followed before the comparison. */
  isInOutputFolder(path: string): boolean {
    return isWithin(realPath(path), this.outputFolders)
  }

  /** Throws `UserError('output-unwritable')`. */
  assertOutputFolder(folder: string): void {
    if (this.isInOutputFolder(folder)) return
    throw new UserError(
      'output-unwritable',
      `"${folder}" was not chosen as a folder for results.`,
      'Choose a folder.',
    )
  }
}

function isWithin(path: string, roots: ReadonlySet<string>): boolean {
  return [...roots].some((root) => {
    const rest = relative(root, path)
    return rest === '' || (!/^\.\.(?:[\\/]|$)/.test(rest) && !isAbsolute(rest))
  })
}

/** Of a path that does not exist yet, the existing part is resolved. */
function realPath(path: string): string {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    const parent = resolve(absolute, '..')
    return parent === absolute ? absolute : resolve(realPath(parent), relative(parent, absolute))
  }
}
