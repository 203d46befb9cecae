import { UserError } from '../../contract/errors.js'
import { readBytes, truncatedError } from '../input-file.js'
import { type DicomDataSet } from './data-set.js'

const deflatedUid = '1.2.840.10008.1.2.1.99'
const itemTag = 0xe000fffe
const sequenceEndTag = 0xe0ddfffe

/** Bytes of the decoded pixels that the header announces. */
function announcedBytes(dataSet: DicomDataSet): number {
  const value = (tag: string, otherwise: number) => dataSet.uint16(tag) ?? otherwise
  return (
    (value('x00280010', 0) *
      value('x00280011', 0) *
      value('x00280002', 1) *
      (dataSet.number('x00280008') ?? 1) *
      value('x00280100', 16)) /
    8
  )
}

/**
 * Refuses a file whose pixel data end early; decoders fill what is missing or fail with a bare number. Encapsulated
 * frames are followed item by item to their delimiter (DICOM PS3.5 A.4). Errors: `file-truncated`.
 */
export async function requireCompletePixelData(dataSet: DicomDataSet): Promise<void> {
  const { path, fileBytes, pixelData, transferSyntaxUid } = dataSet
  if (pixelData === null || transferSyntaxUid === deflatedUid) return
  if (pixelData.lengthBytes !== undefined) {
    const needed =
      pixelData.offsetBytes + Math.max(pixelData.lengthBytes, Math.floor(announcedBytes(dataSet)))
    if (fileBytes < needed) throw truncatedError(path, needed, fileBytes)
    return
  }
  let position = pixelData.offsetBytes
  for (;;) {
    const head = await readBytes(path, position, 8)
    const tag = head.length === 8 ? head.readUInt32LE(0) : undefined
    if (tag === sequenceEndTag) return
    if (tag !== itemTag) {
      throw new UserError(
        'file-truncated',
        `"${path}" is incomplete or damaged: its compressed pixel data break off.`,
        'Copy or export the file again.',
      )
    }
    position += 8 + head.readUInt32LE(4)
    if (position > fileBytes) throw truncatedError(path, position, fileBytes)
  }
}
