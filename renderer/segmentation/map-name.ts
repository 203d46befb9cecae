import { caseNameOf } from '../steps/shared/paths.js'

/** "bones.nii.gz" -> "bones-edited"; a map that is named so already keeps its name. */
export function editedName(path: string): string {
  const stem = caseNameOf(path)
  return stem.endsWith('-edited') ? stem : `${stem}-edited`
}

/** A name that is a file's on every system. */
export const isFileName = (name: string): boolean => /^[^\\/:*?"<>|.][^\\/:*?"<>|]*$/.test(name.trim())
