import { extname } from 'node:path'

/** What the window may show of a folder for results: pictures and videos, and nothing that could hold a script. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
}

/** Null for every other file. */
export function mediaTypeOf(path: string): string | null {
  return mediaTypes[extname(path).toLowerCase()] ?? null
}
