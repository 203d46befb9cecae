import type { SaveProject } from '../../native-workers/contract/window/projects.js'

/** Where the views are on the page; null while they are not. */
export function pictureArea(): SaveProject['pictureArea'] {
  const views = document.querySelector('main')?.getBoundingClientRect()
  if (views === undefined || views.width === 0 || views.height === 0) return null
  const { x, y, width, height } = views
  return { x, y, width, height }
}
