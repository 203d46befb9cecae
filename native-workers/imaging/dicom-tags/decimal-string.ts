/** A number as DICOM's DS: at most 16 characters, as many digits as fit (DICOM PS3.5 6.2). */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 1; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  return value.toExponential(0)
}
