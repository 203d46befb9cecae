import { readFile } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'

/** From the bundled engine in `out/engine`, and from this source file. */
const places = ['../scene-viewer/viewer.js', '../../../out/scene-viewer/viewer.js']

/** The stand-alone viewer's script. Errors: `runtime-missing` where it was not built. */
export async function readViewerScript(): Promise<string> {
  for (const place of places) {
    const script = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => null)
    if (script !== null) return script
  }
  throw new UserError(
    'runtime-missing',
    'The scene’s viewer is not there: this copy of the program is incomplete.',
    'In a checkout, run "npm run build".',
  )
}
