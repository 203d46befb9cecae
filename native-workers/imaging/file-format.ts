import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { inputError, readBytes, statInput } from './input-file.js'

export type FileFormat =
  | 'nifti'
  | 'nifti-gz'
  | 'nrrd'
  | 'meta-image'
  | 'tiff'
  | 'png'
  | 'jpeg'
  | 'dicom'
  | 'json'
  | 'text'
  | 'folder'

export const formatNames: Readonly<Record<FileFormat, string>> = {
  nifti: 'NIfTI',
  'nifti-gz': 'NIfTI (gzip)',
  nrrd: 'NRRD',
  'meta-image': 'MetaImage',
  tiff: 'TIFF',
  png: 'PNG',
  jpeg: 'JPEG',
  dicom: 'DICOM',
  json: 'JSON',
  text: 'text',
  folder: 'folder',
}

const extensionFormats: Readonly<Record<string, FileFormat>> = {
  '.nii': 'nifti',
  '.nrrd': 'nrrd',
  '.nhdr': 'nrrd',
  '.mha': 'meta-image',
  '.mhd': 'meta-image',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.dcm': 'dicom',
  '.json': 'json',
}

const sniffedBytes = 4096

/** What a name's ending promises; undefined where it promises nothing. */
export function formatOfName(path: string): FileFormat | undefined {
  const name = basename(path).toLowerCase()
  return name.endsWith('.nii.gz') ? 'nifti-gz' : extensionFormats[extname(name)]
}

/** A DICOM data set without preamble begins with group 0002 or 0008 in little endian, at a small element. */
function startsLikeBareDicom(head: Buffer): boolean {
  if (head.length < 16) return false
  const group = head.readUInt16LE(0)
  return (group === 2 || group === 8) && head.readUInt16LE(2) <= 0x60
}

/** The format that a file's first bytes show; undefined for unknown binary content. */
export function formatOfContent(head: Buffer): FileFormat | undefined {
  const ascii = head.toString('latin1', 0, Math.min(head.length, 512))
  if (head.length >= 132 && ascii.slice(128, 132) === 'DICM') return 'dicom'
  if (ascii.startsWith('NRRD0')) return 'nrrd'
  if (ascii.startsWith('\x89PNG')) return 'png'
  if (ascii.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii.slice(0, 4))) return 'tiff'
  if (['n+1\0', 'ni1\0'].includes(ascii.slice(344, 348)) || /^n[+i]2\0/.test(ascii.slice(4, 8)))
    return 'nifti'
  if (ascii.startsWith('\x1f\x8b')) return 'nifti-gz'
  if (/^\s*(ObjectType|NDims|Comment)\s*=/.test(ascii)) return 'meta-image'
  if (/^\s*[[{]/.test(ascii)) return 'json'
  if (startsLikeBareDicom(head)) return 'dicom'
  return head.length > 0 && /^[\t\r\n\x20-\x7e]*$/.test(head.toString('latin1')) ? 'text' : undefined
}

/**
 * What a path is, by its content; the name must not promise something else. Errors: `file-not-found`,
 * `file-unreadable` (empty, or not what its name says), `format-unknown`.
 */
export async function detectFormat(path: string): Promise<FileFormat> {
  if ((await statInput(path)).isDirectory()) return 'folder'
  const head = await readBytes(path, 0, sniffedBytes)
  const name = basename(path)
  if (head.length === 0) {
    throw new UserError('file-unreadable', `"${name}" is empty.`, 'Copy or export the file again.')
  }
  const promised = formatOfName(path)
  const found = formatOfContent(head)
  if (promised !== undefined && found !== promised) {
    throw new UserError(
      'file-unreadable',
      `"${name}" is named like ${formatNames[promised]} but its content is ${found === undefined ? 'something else' : formatNames[found]}.`,
      'Check that the file is complete and has the ending that belongs to it.',
    )
  }
  if (found === undefined || (found === 'nifti-gz' && promised === undefined)) {
    throw new UserError(
      'format-unknown',
      `The format of "${name}" is not known.`,
      'Volumes: DICOM folder, NIfTI, NRRD, MHA/MHD, TIFF stack. X-rays: DICOM, PNG, TIFF, JPEG.',
    )
  }
  return found
}

const numericOrder = new Intl.Collator('en', { numeric: true })

/** Names in a folder without hidden ones, in numeric order ("2" before "10"). Errors: `file-not-found`, `file-unreadable`. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort((left, right) => numericOrder.compare(left, right))
  } catch (error) {
    throw inputError(error, folder)
  }
}
