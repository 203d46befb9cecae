import { type TransformFormat } from './itk-transform-io.js'

const formats: Readonly<Record<string, TransformFormat>> = {
  tfm: 'text',
  txt: 'text',
  h5: 'hdf5',
  hdf5: 'hdf5',
  mat: 'mat',
}

/** Endings of transform files. */
export const transformEndings = Object.keys(formats).map((ending) => `.${ending}`)

/** The form that a path's ending names; undefined for any other ending. */
export function transformFormatOfName(path: string): TransformFormat | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1].toLowerCase() ?? ''
  return Object.hasOwn(formats, ending) ? formats[ending] : undefined
}
