import { fileName } from '../../text/format.js'

/** What the outputs of a file are called after, as the command line does it: "a/ct.nii.gz" is "ct". */
export function caseNameOf(path: string): string {
  return fileName(path).replace(/(\.nii\.gz|\.[a-z0-9]{1,5})$/i, '')
}

/** The folder of a file, without a separator at its end. */
export function folderOf(path: string): string {
  return path.replace(/[\\/]+[^\\/]*$/, '')
}

/** Whether a file lies in a folder or below it. */
export function isInside(folder: string, file: string): boolean {
  const parts = (path: string): string => `${path.replaceAll(/[\\/]+/g, '/').replace(/\/$/, '')}/`
  return parts(file).startsWith(parts(folder))
}

/** A path below a folder, with the separator that the folder itself uses. */
export function joinPath(folder: string, ...names: readonly string[]): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return [folder.replace(/[\\/]+$/, ''), ...names].join(separator)
}
