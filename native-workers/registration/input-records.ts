import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type InputRecord } from '../contract/files/registration-result.js'

/** SHA-256 and size of an input; of a folder, over its files in the order of their names. */
export async function inputRecord(role: string, path: string): Promise<InputRecord> {
  const hash = createHash('sha256')
  const isFolder = (await stat(path)).isDirectory()
  const files = isFolder ? (await readdir(path)).sort().map((name) => join(path, name)) : [path]
  let bytes = 0
  for (const file of files) {
    if (!(await stat(file)).isFile()) continue
    for await (const chunk of createReadStream(file)) {
      if (!Buffer.isBuffer(chunk)) continue
      hash.update(chunk)
      bytes += chunk.length
    }
  }
  return { role, path, sha256: hash.digest('hex'), bytes }
}

/** Records of all inputs of a registration. */
export async function inputRecords(input: {
  readonly volume: { readonly path: string }
  readonly labels?: { readonly path: string }
  readonly views: readonly {
    readonly xray: { readonly path: string; readonly maskPath?: string }
    readonly camera: { readonly kind: string; readonly path?: string }
  }[]
}): Promise<InputRecord[]> {
  const named = [
    { role: 'volume', path: input.volume.path },
    ...(input.labels === undefined ? [] : [{ role: 'labels', path: input.labels.path }]),
    ...input.views.flatMap(({ xray, camera }, index) => [
      { role: `xray ${index + 1}`, path: xray.path },
      ...(xray.maskPath === undefined ? [] : [{ role: `mask ${index + 1}`, path: xray.maskPath }]),
      ...(camera.path === undefined ? [] : [{ role: `camera ${index + 1}`, path: camera.path }]),
    ]),
  ]
  return Promise.all(named.map(({ role, path }) => inputRecord(role, path)))
}
