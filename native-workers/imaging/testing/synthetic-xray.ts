import { type DicomAttributes, dicomBytes } from './synthetic-dicom.js'

/** A 4 x 3 radiograph of 12-bit values, as a DICOM file; 16 bits allocated. */
export function radiographBytes(attributes: DicomAttributes, pixels: Uint16Array): Buffer {
  return dicomBytes(
    {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
      Modality: 'DX',
      Columns: 4,
      Rows: 3,
      BitsStored: 12,
      HighBit: 11,
      ...attributes,
    },
    pixels,
  )
}
