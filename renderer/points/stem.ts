/** A file's name without folder and endings, fit to begin other names. */
export function stem(path: string): string {
  const name = path.replace(/^.*[\\/]/, '')
  return name.replace(/(\.nii)?\.[A-Za-z0-9]{1,5}$/, '') || name
}
