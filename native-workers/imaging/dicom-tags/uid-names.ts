const classes: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.3.10': 'DICOM directory',
  '1.2.840.10008.5.1.4.1.1.1': 'computed radiograph',
  '1.2.840.10008.5.1.4.1.1.1.1': 'digital X-ray (for presentation)',
  '1.2.840.10008.5.1.4.1.1.1.1.1': 'digital X-ray (for processing)',
  '1.2.840.10008.5.1.4.1.1.2': 'CT slice',
  '1.2.840.10008.5.1.4.1.1.2.1': 'enhanced CT',
  '1.2.840.10008.5.1.4.1.1.4': 'MR slice',
  '1.2.840.10008.5.1.4.1.1.4.1': 'enhanced MR',
  '1.2.840.10008.5.1.4.1.1.6.1': 'ultrasound picture',
  '1.2.840.10008.5.1.4.1.1.7': 'secondary capture',
  '1.2.840.10008.5.1.4.1.1.7.1': 'multi-frame secondary capture (1 bit)',
  '1.2.840.10008.5.1.4.1.1.7.2': 'multi-frame secondary capture (8 bits)',
  '1.2.840.10008.5.1.4.1.1.7.3': 'multi-frame secondary capture (16 bits)',
  '1.2.840.10008.5.1.4.1.1.7.4': 'multi-frame secondary capture (colour)',
  '1.2.840.10008.5.1.4.1.1.12.1': 'X-ray angiogram',
  '1.2.840.10008.5.1.4.1.1.12.1.1': 'enhanced X-ray angiogram',
  '1.2.840.10008.5.1.4.1.1.12.2': 'radiofluoroscopy',
  '1.2.840.10008.5.1.4.1.1.12.2.1': 'enhanced radiofluoroscopy',
  '1.2.840.10008.5.1.4.1.1.13.1.1': '3D X-ray angiogram',
  '1.2.840.10008.5.1.4.1.1.20': 'nuclear medicine picture',
  '1.2.840.10008.5.1.4.1.1.66.4': 'segmentation',
  '1.2.840.10008.5.1.4.1.1.128': 'PET slice',
  '1.2.840.10008.5.1.4.1.1.481.3': 'radiotherapy structures',
}

const syntaxes: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': 'uncompressed (implicit little endian)',
  '1.2.840.10008.1.2.1': 'uncompressed (explicit little endian)',
  '1.2.840.10008.1.2.1.99': 'deflated (explicit little endian)',
  '1.2.840.10008.1.2.2': 'uncompressed (explicit big endian)',
  '1.2.840.10008.1.2.4.50': 'JPEG, lossy (8 bits)',
  '1.2.840.10008.1.2.4.51': 'JPEG, lossy (12 bits)',
  '1.2.840.10008.1.2.4.57': 'JPEG, lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG, lossless (first-order prediction)',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS, lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS, lossy',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000, lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000, lossy or lossless',
  '1.2.840.10008.1.2.4.201': 'High-Throughput JPEG 2000, lossless',
  '1.2.840.10008.1.2.4.202': 'High-Throughput JPEG 2000, lossless (progressive)',
  '1.2.840.10008.1.2.4.203': 'High-Throughput JPEG 2000, lossy or lossless',
  '1.2.840.10008.1.2.5': 'run-length encoded, lossless',
}

/** A SOP class in words; the UID itself where it is not known here. */
export const sopClassName = (uid: string): string => classes[uid] ?? uid

/** A transfer syntax in words; the UID itself where it is not known here. */
export const transferSyntaxName = (uid: string): string => syntaxes[uid] ?? uid
