/** Defined terms of SpecificCharacterSet (DICOM PS3.3 C.12.1.1.2) and the labels of the Encoding Standard. */
const labels: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
}

/**
 * Text of a DICOM value. Of several character sets the last that is known counts: it holds the first one's letters,
 * except for code extensions in the middle of a text.
 */
export function decodeText(bytes: Uint8Array, characterSet = ''): string {
  const known = characterSet
    .split('\\')
    .map((term) => labels[term.trim()] ?? labels[term.trim().replace('ISO 2022 IR', 'ISO_IR')])
    .filter((label) => label !== undefined)
  const label = known.at(-1)
  if (label === undefined || label === 'iso-8859-1') return Buffer.from(bytes).toString('latin1')
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}
