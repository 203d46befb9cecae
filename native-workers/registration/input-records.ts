import { type InputRecord } from '../contract/files/input-record.js'
import { inputRecord } from '../imaging/provenance/input-record.js'

/** Records of all inputs of a registration. */
export async function inputRecords(input: {
  readonly volume: { readonly path: string }
  readonly labels?: { readonly path: string }
  readonly warp?: { readonly path: string }
  readonly views: readonly {
    readonly xray: { readonly path: string; readonly maskPath?: string }
    readonly camera: { readonly kind: string; readonly path?: string }
  }[]
}): Promise<InputRecord[]> {
  const named = [
    { role: 'volume', path: input.volume.path },
    ...(input.labels === undefined ? [] : [{ role: 'labels', path: input.labels.path }]),
    ...(input.warp === undefined ? [] : [{ role: 'warp', path: input.warp.path }]),
    ...input.views.flatMap(({ xray, camera }, index) => [
      { role: `xray ${index + 1}`, path: xray.path },
      ...(xray.maskPath === undefined ? [] : [{ role: `mask ${index + 1}`, path: xray.maskPath }]),
      ...(camera.path === undefined ? [] : [{ role: `camera ${index + 1}`, path: camera.path }]),
    ]),
  ]
  return Promise.all(named.map(({ role, path }) => inputRecord(role, path)))
}

/** Records of the networks that gave the start, by the files that hold their numbers. */
export function networkRecords(
  networks: readonly { readonly networkPath: string }[],
): Promise<InputRecord[]> {
  return Promise.all(
    networks.map(({ networkPath }, index) => inputRecord(`network ${index + 1}`, networkPath)),
  )
}
