/** The file of a saved registration; it is written last, so that where it stands the others are whole. */
export const resultFileName = 'result.json'
/** A person's review of it. */
export const reviewFileName = 'review.json'

/** Whether a project names a registration by its file; else by the folder that holds `result.json`. */
export function isResultFile(stored: string): boolean {
  return /\.json$/i.test(stored)
}

const pictureName = /^(xray|drr-initial|drr-final|overlay)(-\d+)?\.png$/

/** Whether a file is called like the pictures that are saved with a registration. */
export function isResultPicture(name: string): boolean {
  return pictureName.test(name)
}
